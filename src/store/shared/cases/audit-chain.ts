import { createHash } from "node:crypto";
import type { AuditEntry, CaseSession } from "../../../app/case-ports.ts";
import { canonicalJson } from "./canonical-json.ts";

/** The newest line of the audit log; it is kept apart, so that a log whose end was cut off is found. */
export interface AuditHead {
  readonly number: number;
  readonly hash: string;
}

/** The setting that the head is kept in. */
export const AUDIT_HEAD = "audit.head";

/** The line that a new entry becomes after `head`. */
export function lineAfter(
  head: AuditHead | undefined,
  entry: Parameters<CaseSession["audit"]>[0],
): AuditEntry {
  const { at, actor, action, subject, before = null, after = null } = entry;
  const line = { number: (head?.number ?? 0) + 1, at, actor, action, subject, before, after };
  return { ...line, hash: hashOf(head?.hash ?? "", line) };
}

/** The head as the text of a setting. */
export function headText({ number, hash }: AuditHead): string {
  return `${number} ${hash}`;
}

/** Reads `headText`; `undefined` for a log that has no line. */
export function readHead(text: string | undefined): AuditHead | undefined {
  if (text === undefined) return undefined;
  const [number, hash = ""] = text.split(" ");
  return { number: Number(number), hash };
}

/** Follows the chain line by line and finds the first that is missing, was moved or was changed. */
export class AuditCheck {
  #last: AuditHead | undefined;
  #broken: number | null = null;

  /** Takes the next lines, in the order of their numbers. */
  take(lines: Iterable<AuditEntry>): void {
    for (const line of lines) {
      if (this.#broken !== null) return;
      const expected = lineAfter(this.#last, line);
      if (line.number !== expected.number || line.hash !== expected.hash)
        this.#broken = expected.number;
      else this.#last = expected;
    }
  }

  /** What was found, after the last line. `head` is the one that is kept apart. */
  outcome(head: AuditHead | undefined): { readonly lines: number; readonly broken: number | null } {
    const lines = this.#last?.number ?? 0;
    if (this.#broken !== null) return { lines, broken: this.#broken };
    const whole = lines === (head?.number ?? 0) && this.#last?.hash === head?.hash;
    return { lines, broken: whole ? null : Math.min(lines, head?.number ?? 0) + 1 };
  }
}

function hashOf(previous: string, line: Omit<AuditEntry, "hash">): string {
  return createHash("sha256")
    .update(previous + canonicalJson(line))
    .digest("hex");
}
