import { fork } from "node:child_process";
import { Fault } from "#tocsin/core/fault.js";

/** What a task process is told to do. */
export interface TaskOrder {
  /** The module whose `run` does it. */
  readonly module: string;
  readonly input: unknown;
}

/** What it answers. */
export type TaskAnswer = { readonly output: unknown } | { readonly problem: string };

/** A piece of work that runs in a process of its own: the exported `run` of a module. */
export type Task<Input, Output> = (input: Input) => Promise<Output>;

/**
 * Runs a task in a new process, so that its CPU time and memory are its own. `module` is the task's module; its type
 * says what goes in and comes out. With `profile`, CPU profiles of all its threads are written there.
 */
export function runTask<Input, Output>(
  module: URL,
  input: Input,
  profile?: string,
): Promise<Output> {
  const main = new URL("./task-process.js", import.meta.url);
  const execArgv = profile === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profile];
  const child = fork(main, { execArgv, serialization: "advanced" });
  const stop = (): boolean => child.kill();
  process.once("exit", stop);
  return new Promise<Output>((resolve, reject) => {
    let answered: TaskAnswer | undefined;
    child.once("message", (answer: TaskAnswer) => (answered = answer));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("exit", stop);
      if (answered && "output" in answered) resolve(answered.output as Output);
      else reject(new Fault("usage", answered?.problem ?? `a task ended with ${signal ?? code}`));
    });
    const order: TaskOrder = { module: module.href, input };
    child.send(order);
  });
}
