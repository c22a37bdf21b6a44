import type { BenchOptions } from "./options.ts";

/** A benchmark: measures and reports; false if an answer was wrong. `dir` is a folder for its files. */
export type Bench = (options: BenchOptions, dir: string) => Promise<boolean>;
