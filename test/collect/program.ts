// Real servers for the time of a test.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Whether tests that need this program are to be left out: never where everything is required. */
export function absent(program: string): boolean {
  return !existsSync(program) && process.env["TOCSIN_REQUIRE_ALL"] !== "1";
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server, and returns when it answers on the port. It ends with the test, or when `atEnd` says. */
export async function startServer(
  program: string,
  args: readonly string[],
  port: number,
  atEnd: (act: () => Promise<void>) => void = onTestFinished,
): Promise<ChildProcess> {
  const server = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  server.stdout.on("data", (text: Buffer) => said.push(text.toString()));
  server.stderr.on("data", (text: Buffer) => said.push(text.toString()));
  atEnd(() => stopServer(server));
  for (let tries = 0; tries < 200; tries++) {
    if (await answers(port)) return server;
    if (server.exitCode !== null) break;
    await delay(50);
  }
  throw new Error(`${program} did not start: ${said.join("")}`);
}

/** Ends a server, and returns when it has ended. */
export async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.on("exit", resolve));
  server.kill();
  await ended;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
