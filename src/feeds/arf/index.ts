import type { BlockReader, FeedFormat, Reading } from "../../app/ports.ts";
import type { ObservationBuilder } from "../../core/observation/index.ts";
import { readXarf } from "../shared/abuse-report/index.ts";
import { findText } from "../shared/csv/index.ts";
import { type Found, type RowSource, RowWriter } from "../shared/document/index.ts";
import { readFeedback } from "./feedback-report.ts";
import { readPart } from "./mime/index.ts";
import { type Report, reportsIn, xArfReportsIn } from "./reports.ts";
import { readXArf } from "./x-arf.ts";

const reading: Reading = {
  format: "arf",
  type: "arf",
  mapping: "arf.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "amber",
  notes: [],
  whole: true,
};

/** Mails that report abuse: feedback reports (RFC 5965), X-ARF, and XARF in an attachment. One to a file, or many in an mbox. */
export const arf: FeedFormat = {
  name: "arf",
  title: "abuse reports by mail: ARF (RFC 5965), X-ARF, XARF attached",
  recognise({ head }) {
    const skip = findText(head);
    return isReportMail(head.subarray(skip.bytes)) ? { ...reading, skip } : undefined;
  },
  open: ({ tlp }) => new MailReader(tlp),
  reported: () => ({
    originAsn: "asn",
    originCountry: "country_code",
    victimAsn: "victim.asn",
    victimCountry: "victim.country_code",
  }),
};

class MailReader implements BlockReader {
  readonly #tlp: Reading["tlp"];

  constructor(tlp: Reading["tlp"]) {
    this.#tlp = tlp;
  }

  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const writer = new RowWriter(into);
    const text = Buffer.from(block.buffer, block.byteOffset, block.length).toString("latin1");
    let line = firstLine;
    for (const mail of mailsIn(text)) {
      const reports = reportsInMail(mail);
      for (const report of reports) this.#write(report, line + report.line, writer);
      const answers = reports.length > 0 || mail.trim() === "";
      // A mail without a report in it was sent to be one.
      if (!answers) writer.refuse("syntax-invalid", sourceOf(Buffer.from(mail, "latin1"), line));
      line += mail.split("\n").length - 1;
    }
    return line - firstLine + (text === "" || text.endsWith("\n") ? 0 : 1);
  }

  #write(report: Report, line: number, writer: RowWriter): void {
    const source = sourceOf(report.raw, line);
    const found = this.#read(report);
    if (found === "no-report") writer.skip(found, source);
    else writer.write(found, source);
  }

  #read(report: Report): Found | "no-report" {
    switch (report.is) {
      case "feedback":
        return readFeedback(report.fields, report.dates, this.#tlp);
      case "x-arf":
        return readXArf(report.fields, report.dates, this.#tlp);
      case "xarf": {
        const object = report.reader.peek({ from: 0, to: report.raw.length });
        return readXarf(object, this.#tlp);
      }
    }
  }
}

function sourceOf(bytes: Uint8Array, line: number): RowSource {
  return { bytes, from: 0, to: bytes.length, line };
}

const separator = /^From \S+ [^\n]*(\n|$)/;

/** The mails of an mbox, each with the line before it; or the one mail. */
function mailsIn(text: string): string[] {
  const weekday = /(?<=\n)(?=From \S+ (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )/;
  return separator.test(text) ? text.split(weekday) : [text];
}

function reportsInMail(text: string): Report[] {
  const before = separator.exec(text)?.[0] ?? "";
  const found = reportsIn(readPart(text.slice(before.length), before === "" ? 0 : 1));
  // X-ARF without its mail looks like the header of one: it was refused, and is read again.
  return found.length > 0 ? found : xArfReportsIn(Buffer.from(text, "latin1"), 0, []);
}

const mailField =
  /^(from|to|date|received|subject|mime-version|return-path|message-id|delivered-to|x-x?arf)\s*:/im;
const reports =
  /report-type\s*=\s*"?feedback-report|^content-type:\s*message\/feedback-report|^x-x?arf\s*:|^\s*feedback-type\s*:|"?xarf_version"?\s*:|xarf\.json/im;

/** Whether a file begins like a mail, and a report shows within what is there of it. */
function isReportMail(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  const start = /^(?:From \S+[^\n]*\n)?[!-9;-~]+[ \t]*:/.test(text);
  return start && mailField.test(text.slice(0, 16_384)) && reports.test(text);
}
