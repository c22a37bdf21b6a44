import { dirname, resolve } from "node:path";
import { isMap, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { z } from "zod";
import { Fault } from "../core/fault.ts";
import { Config } from "./config.ts";

/**
 * Reads the text of a configuration file. All mistakes are reported at once, each with its line and path.
 * Relative paths in it count from the folder of `path`.
 */
export function parseConfig(text: string, path: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) throw invalid(path, document.errors.map(firstLine));
  const read = Config.safeParse(valueOf(document, path));
  if (!read.success) {
    const place = (keys: PropertyKey[]) => placeOf(document, lines, keys);
    throw invalid(
      path,
      read.error.issues.flatMap((issue) => mistakesOf(issue, place)),
    );
  }
  return anchorPaths(read.data, dirname(path));
}

function valueOf(document: Document, path: string): object {
  let value: unknown;
  try {
    value = document.toJS() ?? {};
  } catch (cause) {
    throw invalid(path, [cause instanceof Error ? cause.message : String(cause)]);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw invalid(path, ["the file must hold keys with their values, such as home: [CN]"]);
}

function invalid(path: string, mistakes: string[]): Fault {
  const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
  return new Fault(
    "config-invalid",
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

function anchorPaths(config: Config, folder: string): Config {
  const anchor = (paths: string[]) => paths.map((path) => resolve(folder, path));
  return {
    ...config,
    location: {
      countryTables: anchor(config.location.countryTables),
      asnTables: anchor(config.location.asnTables),
    },
    sectorLists: anchor(config.sectorLists),
    warningLists: anchor(config.warningLists),
    cases: anchorFiles(config.cases, folder),
    ...(config.alerting && { alerting: anchorFiles(config.alerting, folder) }),
    feeds: Object.fromEntries(
      Object.entries(config.feeds).map(([name, feed]) => [
        name,
        feed.from ? { ...feed, from: anchorFiles(feed.from, folder) } : feed,
      ]),
    ),
  };
}

/** Anchors what names a file or directory, by its key, however deep. */
function anchorFiles<T extends object>(settings: T, folder: string): T {
  const entries = Object.entries(settings).map(([key, value]: [string, unknown]) => {
    if (typeof value === "string" && /File$|^path$|^moveTo$|^dropFolder$/.test(key))
      return [key, resolve(folder, value)];
    const deeper = typeof value === "object" && value !== null && !Array.isArray(value);
    return [key, deeper ? anchorFiles(value, folder) : value];
  });
  return Object.fromEntries(entries) as T;
}
