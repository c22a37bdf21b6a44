/** Names in the spool: `20240301T000000Z-1a2b3c4d!report.csv.gz`. Formats see what stands behind the `!`. */
import { randomBytes } from "node:crypto";

/** Begins the name of a delivery that is being written. */
const PART = ".part-";
const LONGEST = 150;

/** A name of its own for a delivery that the remote side calls so. */
export function spoolName(name: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${stamp}-${randomBytes(4).toString("hex")}!${harmlessName(name)}`;
}

/** The name while it is being written: hidden, so that nobody takes it. */
export function partName(file: string): string {
  return `${PART}${file}`;
}

/** The name that a part will have; `undefined` if it is none. */
export function nameOfPart(file: string): string | undefined {
  return file.startsWith(PART) ? file.slice(PART.length) : undefined;
}

/** What the remote side called it. */
export function nameInSpool(file: string): string {
  return file.slice(file.indexOf("!") + 1);
}

/** A file name without directories, control characters and what else a shell or a format could take amiss. */
export function harmlessName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/[^\p{L}\p{N}._+@=-]+/gu, "_").replace(/^\.+/, "");
  return clean.length > LONGEST ? clean.slice(-LONGEST) : clean || "delivery";
}
