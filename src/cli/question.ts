import { type Command, Option } from "commander";
import { isCountry } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import {
  type Breakdown,
  breakdowns,
  dayText,
  parseDay,
  type Period,
} from "../core/measure/index.ts";
import { allKinds, isKind, type Kind } from "../core/taxonomy/index.ts";
import type { CommandHost } from "./command-host.ts";

/** Options that limit what is counted. */
export interface QuestionOptions {
  readonly from?: string;
  readonly to?: string;
  readonly home?: string;
  readonly kind?: string;
  readonly by?: string;
}

/** Adds the options of a question to a command. */
export function addQuestionOptions(command: Command, { words }: CommandHost): Command {
  return command
    .option("--from <day>", words.options.from)
    .option("--to <day>", words.options.to)
    .option("--home <countries>", words.options.home)
    .option("--kind <kind>", words.options.kind);
}

/** Adds `--by` with the breakdowns that a command offers. */
export function addBreakdown(
  command: Command,
  says: string,
  choices: readonly Breakdown[] = breakdowns,
): Command {
  return command.addOption(new Option("--by <what>", says).choices([...choices]));
}

/**
 * The period that `--from` and `--to` name, both days inclusive; where one is left out, the span of what is stored.
 */
export function readPeriod({ from, to }: QuestionOptions, span: Period | undefined): Period {
  const first = from === undefined ? span?.from : readDay("--from", from);
  const last = to === undefined ? span && span.until - 1 : readDay("--to", to);
  if (first === undefined && last === undefined)
    throw new Fault(
      "usage",
      "nothing is stored yet: ingest a feed, or name the period with --from and --to",
    );
  const start = first ?? last!;
  const end = last ?? first!;
  if (start > end)
    throw new Fault(
      "usage",
      `the period ends before it begins: ${dayText(start)} to ${dayText(end)}`,
    );
  return { from: start, until: end + 1 };
}

/** Refuses impossible days before anything is opened. */
export function checkDays(options: QuestionOptions): void {
  if (options.from !== undefined || options.to !== undefined) readPeriod(options, undefined);
}

/** The countries of `--home CN,HK`; without the option those of the configuration. */
export function readHome(option: string | undefined, configured: readonly string[]): string[] {
  if (option === undefined) return [...configured];
  const codes = option
    .split(",")
    .map((code) => code.trim().toUpperCase())
    .filter(Boolean);
  const unknown = codes.filter((code) => !isCountry(code));
  if (unknown.length > 0 || codes.length === 0)
    throw new Fault(
      "usage",
      `--home: no ISO 3166-1 code of two letters: ${unknown.join(", ") || "none given"}`,
    );
  return [...new Set(codes)];
}

/** The kind of `--kind`. */
export function readKind(option: string | undefined): Kind | undefined {
  if (option === undefined || isKind(option)) return option;
  throw new Fault("usage", `--kind: no such kind: ${option}. Kinds are ${allKinds.join(", ")}`);
}

function readDay(option: string, text: string): number {
  const day = parseDay(text);
  if (day === undefined)
    throw new Fault("usage", `${option}: no day of the calendar: ${text} (YYYY-MM-DD)`);
  return day;
}
