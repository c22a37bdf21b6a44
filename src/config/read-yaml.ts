import { isMap, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { z } from "zod";
import { Fault, type FaultCode } from "../core/fault.ts";

/** Where a text is from, and what to say of it. */
interface Source {
  readonly path: string;
  /** The code under which its mistakes are reported. */
  readonly fault: FaultCode;
  /** A key with a value, as the file has them. */
  readonly example: string;
}

/** Reads a text in YAML as what `type` says. Throws one fault with all its mistakes, each with its line and path. */
export function readYaml<T extends z.ZodType>(type: T, text: string, source: Source): z.output<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) throw invalid(source, document.errors.map(firstLine));
  const read = type.safeParse(valueOf(document, source));
  if (read.success) return read.data;
  const place = (keys: PropertyKey[]) => placeOf(document, lines, keys);
  throw invalid(
    source,
    read.error.issues.flatMap((issue) => mistakesOf(issue, place)),
  );
}

function valueOf(document: Document, source: Source): object {
  let value: unknown;
  try {
    value = document.toJS() ?? {};
  } catch (cause) {
    throw invalid(source, [cause instanceof Error ? cause.message : String(cause)]);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw invalid(source, [`the file must hold keys with their values, such as ${source.example}`]);
}

function invalid({ path, fault }: Source, mistakes: string[]): Fault {
  const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
  return new Fault(
    fault,
    `${path} has ${count}:\n${mistakes.map((mistake) => `  ${mistake}`).join("\n")}`,
  );
}

function firstLine(error: Error): string {
  return error.message.split("\n", 1)[0]!.replace(/:$/, "");
}

function mistakesOf(issue: z.core.$ZodIssue, place: (keys: PropertyKey[]) => string): string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${place([...issue.path, key])}: there is no such key`);
  return [`${place(issue.path)}: ${wordsOf(issue)}`];
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
    return "is missing";
  if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
  if (issue.code === "invalid_key") return `the name ${issue.issues[0]?.message ?? "is wrong"}`;
  return issue.message;
}

/** `line 3: feeds.sinkhole.tlp`: the line of the innermost node that is there. */
function placeOf(document: Document, lines: LineCounter, keys: PropertyKey[]): string {
  const name = keys
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
  for (let depth = keys.length; depth > 0; depth--) {
    const offset = offsetOf(document, keys.slice(0, depth));
    if (offset !== undefined) return `line ${lines.linePos(offset).line}: ${name}`;
  }
  return name || "the file";
}

function offsetOf(document: Document, keys: PropertyKey[]): number | undefined {
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
  const last = keys.at(-1);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => String(key) === String(last))
    : undefined;
  const node = pair ? pair.key : document.getIn(keys, true);
  return (node as { range?: [number, number, number] } | null | undefined)?.range?.[0];
}
