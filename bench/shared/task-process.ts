/** The main module of a measured process: does the one task that its parent sends, answers, and ends. */
import type { Task, TaskAnswer, TaskOrder } from "./run-task.ts";

process.once("message", (order: TaskOrder) => {
  void answer(order).then((message) => process.send!(message, () => process.disconnect()));
});

async function answer({ module, input }: TaskOrder): Promise<TaskAnswer> {
  try {
    const { run } = (await import(module)) as { run: Task<unknown, unknown> };
    return { output: await run(input) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
