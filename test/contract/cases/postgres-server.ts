/** A real server of PostgreSQL for the time of a test file, as Debian packs it. */
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../collect/program.ts";

const PACKED = "/usr/lib/postgresql";
const USER = "tocsin";

/** Whether there is none, and tests that need it are to be left out: never where everything is required. */
export function postgresAbsent(): boolean {
  return binaries() === undefined && process.env["TOCSIN_REQUIRE_ALL"] !== "1";
}

/** A server that runs. */
export class PostgresServer {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess;
  #places = 0;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.#folder = folder;
    this.#port = port;
    this.#process = process;
  }

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "tocsin-postgres-"));
    const { uid, gid } = owner();
    if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
    chmodSync(folder, 0o700);
    const init = ["--auth=trust", `--username=${USER}`, "--encoding=UTF8", "--no-sync"];
    execFileSync(program("initdb"), [...init, "-D", folder], { ...owner(), stdio: "pipe" });
    const port = await freePort();
    const server = new PostgresServer(folder, port, launch(folder, port));
    await server.#answers();
    return server;
  }

  /** The address of an empty place: a schema, which is made far sooner than a database. */
  makePlace(): string {
    const name = `cases_${++this.#places}`;
    const url = `postgres://${USER}@127.0.0.1:${this.#port}/postgres`;
    this.sql(url, `create schema ${name}`);
    return `${url}?options=-csearch_path%3D${name}`;
  }

  /** Runs statements at an address, one by one. */
  sql(url: string, statements: string): void {
    execFileSync(program("psql"), ["-q", "-v", "ON_ERROR_STOP=1", url], {
      ...owner(),
      input: statements,
      stdio: ["pipe", "ignore", "pipe"],
    });
  }

  /** Kills every process of the server in mid-work, and starts it again. */
  async crash(): Promise<void> {
    // In a group of its own, so that nothing of it tidies up.
    process.kill(-this.#process.pid!, "SIGKILL");
    await ended(this.#process);
    this.#process = launch(this.#folder, this.#port);
    await this.#answers();
  }

  async stop(): Promise<void> {
    // At once: nobody wants its data.
    this.#process.kill("SIGQUIT");
    await ended(this.#process);
    rmSync(this.#folder, { recursive: true });
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      if (this.#process.exitCode !== null) break;
      if (await listens(this.#port)) {
        try {
          return this.sql(`postgres://${USER}@127.0.0.1:${this.#port}/postgres`, "select 1");
        } catch (starting) {
          if (tries > 598) throw starting;
        }
      }
      await delay(50);
    }
    throw new TypeError("the server of PostgreSQL did not start");
  }
}

function launch(folder: string, port: number): ChildProcess {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "max_connections=100",
  ].flatMap((setting) => ["-c", setting]);
  const options = { ...owner(), detached: true, stdio: "ignore" } as const;
  return spawn(program("postgres"), ["-D", folder, ...settings], options);
}

/** The server refuses to run as root; its package has a user for it. */
function owner(): { readonly uid?: number; readonly gid?: number; readonly cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: tmpdir() };
  const id = (of: string) => Number(execFileSync("id", [of, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g"), cwd: tmpdir() };
}

function program(name: string): string {
  return join(binaries() ?? join(PACKED, "none"), name);
}

function binaries(): string | undefined {
  const versions = existsSync(PACKED) ? readdirSync(PACKED) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a));
  return newest
    .map((version) => join(PACKED, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")));
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.on("exit", resolve));
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
