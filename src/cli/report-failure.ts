import { CommanderError } from "commander";
import { Fault } from "../core/fault.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { harmless } from "./harmless.ts";
import { firstWords } from "./language.ts";
import { usageText } from "./usage-text.ts";
import type { Surroundings } from "./workbench.ts";

/** Tells on standard error what went wrong and what to do; gives the exit code. */
export function reportFailure(around: Surroundings, thrown: unknown): number {
  if (thrown instanceof CommanderError) return reportUsage(around, thrown);
  if (thrown instanceof Fault) return reportFault(around, thrown);
  const { code } = (thrown ?? {}) as NodeJS.ErrnoException;
  if (code === "EPIPE") return exitCodes.ok;
  if (code === "ENOSPC" || code === "EDQUOT")
    return reportFault(around, new Fault("no-space-left", (thrown as Error).message));
  return reportBug(around, thrown);
}

function reportUsage(around: Surroundings, thrown: CommanderError): number {
  if (thrown.exitCode === 0) return exitCodes.ok;
  const words = firstWords(around);
  const message = usageText(thrown, words);
  if (wantsJson(around)) say(around, jsonError("usage", message));
  else if (thrown.code !== "commander.help")
    say(around, `tocsin: ${message}\n${words.advice.usage}`);
  return exitCodes.usage;
}

function reportFault(around: Surroundings, fault: Fault): number {
  const { code, message } = fault;
  if (wantsJson(around)) {
    say(around, jsonError(code, message));
    return exitCodeOf(code);
  }
  const words = firstWords(around);
  const advice: Partial<Record<string, string>> = words.advice;
  say(around, [`tocsin: ${words.fault(code, message)}`, advice[code]].filter(Boolean).join("\n"));
  return exitCodeOf(code);
}

function reportBug(around: Surroundings, thrown: unknown): number {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  if (wantsJson(around)) say(around, jsonError("bug", stack));
  else say(around, `tocsin ${around.version}: ${firstWords(around).bug}\n${stack}`);
  return exitCodes.failure;
}

function jsonError(code: string, message: string): string {
  return JSON.stringify({ error: { code, message } });
}

function wantsJson({ argv }: Surroundings): boolean {
  return argv.includes("--json");
}

function say({ stderr }: Surroundings, text: string): void {
  stderr.write(`${harmless(text)}\n`);
}
