import { Fault } from "../core/fault.ts";
import { addressFromText, addressText } from "../core/network/index.ts";
import type { Messages } from "./messages/index.ts";

/** A whole number above 0. */
export function readWhole(option: string, text: string, words: Messages): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value === 0)
    throw new Fault("usage", words.wholeNumber(option, text));
  return value;
}

/** Words that a person must say, such as a reason. */
export function readWords(option: string, text: string, words: Messages): string {
  if (text.trim() === "") throw new Fault("usage", words.noWords(option));
  return text.trim();
}

/** An address in its usual form. */
export function readAddress(text: string, words: Messages): string {
  const address = addressFromText(text);
  if (address === undefined) throw new Fault("usage", words.noAddress(text));
  return addressText(address);
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
