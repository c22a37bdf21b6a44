import { cpus, loadavg, totalmem } from "node:os";

const processors = cpus();

/** Where the figures were measured. */
export const machine = {
  cpus: processors.length,
  model: processors[0]?.model.trim() ?? "",
  memoryGb: Math.round(totalmem() / 1e9),
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
};

/** Processes that wanted to run in the minute before: figures of a machine that does other things are not comparable. */
const load = Number(loadavg()[0]!.toFixed(1));

/** Prints one figure as a JSON line. `more` says on what it rests: the runs, the size, the limit. */
export function report(
  bench: string,
  metric: string,
  value: number | boolean,
  unit: string,
  more: Record<string, unknown> = {},
): void {
  const line = { bench, metric, value, unit, ...more, machine, load };
  process.stdout.write(`${JSON.stringify(line, rounded)}\n`);
}

function rounded(_: string, value: unknown): unknown {
  const long = typeof value === "number" && !Number.isInteger(value);
  return long ? Number(value.toPrecision(4)) : value;
}

/** Tells a person what goes on. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
