import type { TriedFile, TriedObservation, TriedRow } from "../app/try-file.ts";
import { countText } from "./numbers.ts";
import { printSkips } from "./print-ingest.ts";
import type { Session } from "./session.ts";

const RAW_SHOWN = 400;

/** Prints how a file would be read, row by row. */
export function printTried(session: Session, file: TriedFile): void {
  const { printer, words } = session;
  const t = words.tried;
  printer.heading(file.path);
  if (file.problem !== undefined) {
    printer.line(`  ${t.problem(words.faultDetail(file.problem))}`);
    return;
  }
  printer.line(`  ${t.reading(file.format, file.type, file.mapping)}`);
  printer.line(`  ${t.feed(file.feed, file.tlp.toUpperCase())}`);
  for (const note of file.notes) printer.line(`  ${t.note(note)}`);
  for (const row of file.rows) printRow(session, row);
  const { rows, kept, refused, skipped, skips } = file.read;
  printer.line();
  printer.line(t.read(countText(rows), countText(kept), countText(refused), countText(skipped)));
  printSkips(session, skips);
  if (file.goesOn || file.rows.length < rows) printer.line(t.goesOn);
  printer.line(t.nothing);
}

function printRow(session: Session, { line, observation, refused, skipped }: TriedRow): void {
  const { printer, words } = session;
  const t = words.tried;
  printer.line();
  if (refused) {
    const why = words.reasons[refused.reason] ?? refused.reason;
    printer.line(`${t.line(String(line))}  ${t.refused(why, refused.reason)}`);
    const [raw, rest] = [refused.raw.slice(0, RAW_SHOWN), refused.raw.length > RAW_SHOWN];
    printer.line(`    ${raw.replaceAll(/[\r\n]+/g, " ")}${rest ? "\u2026" : ""}`);
  }
  if (skipped) {
    const why = words.skips[skipped.reason] ?? skipped.reason;
    printer.line(`${t.line(String(line))}  ${t.skipped(why, skipped.reason)}`);
  }
  if (!observation) return;
  const { seenAt, seenUntil, kind, family } = observation;
  const when = seenUntil === null ? seenAt : `${seenAt} ${t.until(seenUntil)}`;
  printer.line([t.line(String(line)), when, kind, family].filter(Boolean).join("  "));
  const rows = [
    [t.victim, sideText(session, observation, "victim")],
    [t.origin, sideText(session, observation, "origin")],
    ["", factsText(session, observation)],
    [t.url, observation.url],
    [t.sector, observation.sector],
    [t.id, observation.eventId],
    [t.extra, JSON.stringify(observation.extra)],
  ];
  const there = rows.filter(([, text]) => text !== "" && text !== "{}");
  printer.table([{ title: "" }, { title: "" }], there as string[][]);
}

function factsText(
  { words }: Session,
  { protocol, count, confidence, tlp }: TriedObservation,
): string {
  const t = words.tried;
  return [
    protocol,
    count === 1 ? "" : `${t.count} ${countText(count)}`,
    confidence === null ? "" : `${t.confidence} ${confidence}`,
    `TLP:${tlp.toUpperCase()}`,
  ]
    .filter(Boolean)
    .join("  ");
}

/** `192.0.2.1 port 80 www.example.org AS64496 NO`, and who says so if it is the table. */
function sideText({ words }: Session, row: TriedObservation, side: "victim" | "origin"): string {
  const port = row[`${side}Port`];
  const asn = row[`${side}Asn`];
  const country = row[`${side}Country`];
  const address = row[side];
  const byTable = [`${side}Asn`, `${side}Country`].some(
    (fact) => row.locatedBy[fact as keyof TriedObservation["locatedBy"]] === "table",
  );
  const where = [asn === 0 ? "" : `AS${asn}`, country].filter(Boolean).join(" ");
  return [
    port === 0 ? address : `${address.includes(":") ? `[${address}]` : address}:${port}`,
    row[`${side}Host`],
    byTable && where !== "" ? `${where} (${words.tried.byTable})` : where,
  ]
    .filter(Boolean)
    .join("  ");
}
