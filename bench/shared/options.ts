import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { Fault } from "#tocsin/core/fault.js";

/** What the command line asks for. */
export interface BenchOptions {
  /** The benchmarks to run; empty: all. */
  readonly names: readonly string[];
  /** Measured runs of each thing; the median is given. */
  readonly runs: number;
  /** Folder in which the work folder is made. */
  readonly work: string;
  readonly keep: boolean;
  readonly seed: string;
  /** Rows of the sinkhole report. */
  readonly rows: number;
  /** Rows that arrive at once. */
  readonly arrivalRows: number;
  /** The replay is 1:`scale`. */
  readonly scale: number;
  /** Observations of the long period. */
  readonly observations: number;
  /** Folder for the CPU profiles of the measured processes. */
  readonly profile: string | undefined;
}

const USAGE = `npm run bench -- [NAME...] [options]
  --runs N           measured runs of each thing, median given (3)
  --rows N           rows of the sinkhole report (5000000), and of what arrives at once (10000000)
  --scale N          the replay is 1:N (1)
  --observations N   observations of the long period (90000000)
  --quick            a tenth of everything, one run each
  --seed TEXT        seed of everything that is generated (tocsin)
  --work DIR         where the work folder is made (the system's temporary folder)
  --keep             leave the work folder
  --profile DIR      write CPU profiles of the measured processes`;

/** Reads the command line. Throws `usage`. */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const known = {
    runs: text,
    rows: text,
    scale: text,
    observations: text,
    seed: text,
    work: text,
    profile: text,
    quick: flag,
    keep: flag,
  };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: known,
      allowPositionals: true,
    });
    const tenth = values.quick ? 10 : 1;
    return {
      names: positionals,
      runs: wholeNumber(values.runs, values.quick ? 1 : 3),
      rows: wholeNumber(values.rows, 5_000_000 / tenth),
      arrivalRows: wholeNumber(values.rows, 10_000_000 / tenth),
      scale: wholeNumber(values.scale, tenth),
      observations: wholeNumber(values.observations, 90_000_000 / tenth),
      seed: values.seed ?? "tocsin",
      work: values.work ?? tmpdir(),
      keep: values.keep,
      profile: values.profile,
    };
  } catch (cause) {
    throw new Fault("usage", `${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
  }
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Fault("usage", `"${text}" is not a whole number from 1`);
}
