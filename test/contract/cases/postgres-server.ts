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
  readonly #process: ChildProcess;
  readonly #url: string;
  #places = 0;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.#folder = folder;
    this.#port = port;
    this.#process = process;
    this.#url = `postgres://${USER}@127.0.0.1:${port}/postgres`;
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
    await server.answers();
    return server;
  }

  /** The address of an empty place: a schema, which is made far sooner than a database. */
  makePlace(): string {
    const name = `cases_${++this.#places}`;
    this.sql(this.#url, `create schema ${name}`);
    return `${this.#url}?options=-csearch_path%3D${name}`;
  }

  /** Runs statements at an address, one by one, and gives what they say. */
  sql(url: string, statements: string): string {
    return execFileSync(program("psql"), ["-qAt", "-v", "ON_ERROR_STOP=1", url], {
      ...owner(),
      input: statements,
      stdio: "pipe",
      encoding: "utf8",
    });
  }

  /** Kills a process of the server that has a connection of ours: it throws out everybody and mends what was written by halves. */
  crash(): void {
    const asked = "select pid from pg_stat_activity where application_name = 'tocsin' limit 1";
    const [pid] = this.sql(this.#url, asked).split("\n").map(Number);
    if (pid) process.kill(pid, "SIGKILL");
  }

  async stop(): Promise<void> {
    // At once: nobody wants its data.
    this.#process.kill("SIGQUIT");
    await ended(this.#process);
    rmSync(this.#folder, { recursive: true });
  }

  /** Returns when it takes connections. */
  async answers(): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      if (this.#process.exitCode !== null) break;
      if (await listens(this.#port)) {
        try {
          this.sql(this.#url, "select 1");
          return;
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
  const options = { ...owner(), stdio: "ignore" } as const;
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
