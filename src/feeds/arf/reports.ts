import { xarfVersion } from "../shared/abuse-report/index.ts";
import { ElementReader, elementsOf, isList, topValues } from "../shared/document/index.ts";
import { feedbackType } from "./feedback-report.ts";
import { type Headers, headerOf, type Part, readHeaders } from "./mime/index.ts";
import { type Fields, xArfIn } from "./x-arf.ts";

/** A report in a mail, of one of three ways. `raw` is what of the mail it is made of. */
export type Report = {
  readonly raw: Buffer;
  readonly line: number;
  readonly dates: readonly string[];
} & (
  | { readonly is: "feedback"; readonly fields: Headers }
  | { readonly is: "x-arf"; readonly fields: Fields }
  | { readonly is: "xarf"; readonly reader: ElementReader }
);

const LARGEST_TEXT = 1 << 20;

/**
 * The reports in a mail: XARF in JSON, else X-ARF in YAML, else the fields of a feedback report. A mail that is none may carry one that
 * was forwarded; the mail that a report complains of is not searched.
 */
export function reportsIn(mail: Part, depth = 0): Report[] {
  const parts = [...leavesOf(mail)];
  const dates = [headerOf(mail.headers, "date")];
  for (const find of [xarfReports, xArfReports, feedbackReports]) {
    const found = parts.flatMap((part) => find(part, dates, parts));
    if (found.length > 0) return found;
  }
  if (depth > 4) return [];
  return parts.flatMap((part) => part.parts.flatMap((inner) => reportsIn(inner, depth + 1)));
}

/** The parts of a mail that have none themselves, but for mails within it, which are given unopened. */
function* leavesOf(part: Part): Generator<Part> {
  if (!part.type.startsWith("multipart/")) yield part;
  else for (const inner of part.parts) yield* leavesOf(inner);
}

function nameOf(part: Part): string {
  const disposition = headerOf(part.headers, "content-disposition");
  return part.parameters.get("name") ?? /filename="?([^";]*)/i.exec(disposition)?.[1] ?? "";
}

function xarfReports(part: Part, dates: readonly string[]): Report[] {
  const mayBe = /json|octet-stream|xarf/.test(part.type) || nameOf(part).endsWith(".json");
  if (!mayBe && part.type !== "text/plain") return [];
  const raw = part.content();
  if (!/^\s*[[{]/.test(raw.toString("latin1", 0, 256).replace(/^\u00ef\u00bb\u00bf/, "")))
    return [];
  const reader = new ElementReader(raw, 1);
  const spans = topValues(raw).flatMap((top) => (isList(raw, top) ? elementsOf(raw, top) : top));
  return spans
    .filter((span) => xarfVersion(reader.peek(span)) !== undefined)
    .map(({ from, to }) => {
      const own = raw.subarray(from, to);
      return { is: "xarf", raw: own, reader: new ElementReader(own, 1), line: part.line, dates };
    });
}

function xArfReports(part: Part, dates: readonly string[]): Report[] {
  const isText = /^text\/(plain|yaml|x-yaml)$|yaml/.test(part.type);
  if (!isText) return [];
  return xArfReportsIn(part.content(), part.line, dates);
}

/** The reports of X-ARF in a text. */
export function xArfReportsIn(content: Buffer, line: number, dates: readonly string[]): Report[] {
  if (content.length > LARGEST_TEXT) return [];
  return xArfIn(content.toString()).map(({ text, fields }) => ({
    is: "x-arf",
    raw: Buffer.from(text),
    fields,
    line,
    dates,
  }));
}

function feedbackReports(part: Part, dates: readonly string[], parts: readonly Part[]): Report[] {
  const raw = part.content();
  const isOne = part.type === "message/feedback-report";
  // A report by itself is one that was refused: it is read again without its mail.
  const fields = isOne ? readHeaders(raw.toString()) : part.headers;
  if (feedbackType(fields) === "") return [];
  const original = parts.find(({ type }) => /^(message\/rfc822|text\/rfc822-headers)$/.test(type));
  const inner = original?.parts[0]?.headers ?? readHeaders(original?.content().toString() ?? "");
  const all = [headerOf(inner, "date"), ...dates];
  return [
    {
      is: "feedback",
      raw: isOne ? raw : Buffer.from(textOf(fields)),
      fields,
      line: part.line,
      dates: all,
    },
  ];
}

function textOf(fields: Headers): string {
  return [...fields]
    .flatMap(([name, values]) => values.map((value) => `${name}: ${value}`))
    .join("\n");
}
