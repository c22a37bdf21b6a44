/** `tocsin collect` as a process of its own, and what it takes of the machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Fault } from "#tocsin/core/fault.js";

const PROGRAM = new URL("../../main.js", import.meta.url).pathname;

/** A program that collects. */
export class Collecting {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #told = "";

  constructor(dataDir: string) {
    const args = [PROGRAM, "collect", "--data", dataDir];
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    this.#child.stderr!.on("data", (text: Buffer) => (this.#told += String(text)));
    this.#ended = once(this.#child, "exit");
  }

  /** What it told a person so far. */
  get told(): string {
    return this.#told;
  }

  /** Throws when it has ended by itself. */
  check(): void {
    if (this.#child.exitCode !== null)
      throw new Fault("usage", `tocsin collect ended with ${this.#child.exitCode}:\n${this.#told}`);
  }

  /** Peak resident memory since its start, MB (10^6 bytes); not a number where the system does not say. */
  peakRssMb(): number {
    return this.#status("VmHWM");
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGINT");
    await this.#ended;
  }

  #status(name: string): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
      return (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6;
    } catch {
      return Number.NaN;
    }
  }
}
