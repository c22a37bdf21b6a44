import type { ContactsFormat } from "../../app/case-ports.ts";
import {
  type ContactKey,
  hoursFrom,
  type ReadingOptions,
  responsibilityFrom,
} from "../../core/institution/index.ts";
import { addressOf } from "../shared/directory/addresses.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { type CsvRow, csvRows } from "../shared/directory/csv-rows.ts";
import { wholeText } from "../shared/directory/whole-text.ts";
import { ContactRow } from "./columns.ts";

/** Our own CSV: institutions, contacts and responsibilities in one file (docs/directory.md). */
export const csvContacts: ContactsFormat = {
  name: "csv",
  title: "Tocsin's own CSV of institutions, contacts and responsibilities",
  whole: true,
  several: false,
  read: async (chunks, options) => readCsv(await wholeText(chunks), options),
};

function readCsv(text: string, options: ReadingOptions) {
  const builder = new DirectoryBuilder(options);
  const { header, rows } = csvRows(text);
  const missing = header.includes("institution") ? [] : ["institution"];
  const unknown = header.filter((name) => !Object.hasOwn(ContactRow.shape, name));
  if (missing.length > 0) builder.refuse(1, "the header has no column institution");
  else if (unknown.length > 0)
    builder.refuse(1, `the header has columns that are not known: ${unknown.join(", ")}`);
  else for (const row of rows) take(builder, row);
  return builder.finish();
}

function take(builder: DirectoryBuilder, { line, cells, surplus }: CsvRow): void {
  if (surplus > 0) return builder.refuse(line, "it has more cells than the header");
  const read = ContactRow.safeParse(cells);
  if (!read.success) {
    const [issue] = read.error.issues;
    return builder.refuse(line, `${issue?.path.join(".")} ${issue?.message}`);
  }
  const row = read.data;
  if (!builder.has(row.institution) && (row.name === undefined || row.kind === undefined))
    return builder.refuse(line, "the first row of an institution must have its name and kind");
  if (row.address !== "" && addressOf(row.channel ?? "mail", row.address) === undefined)
    return builder.refuse(line, `address is none of the channel ${row.channel ?? "mail"}`);
  takeInstitution(builder, row);
  if (row.address !== "") takeContact(builder, row);
  for (const word of row.answers_for) {
    const part = responsibilityFrom(word);
    if (part) builder.responsible(row.institution, part.kind, part.value);
    else builder.refuse(line, `answers_for has a word that is nothing to answer for: ${word}`);
  }
}

function takeInstitution(builder: DirectoryBuilder, row: ContactRow): void {
  builder.institution({
    id: row.institution,
    name: row.name ?? row.institution,
    kind: row.kind ?? "other",
    country: row.country ?? "",
    languages: row.languages ?? [],
    tier: row.tier ?? "T0",
    agreement: row.agreement ?? "",
    maxTlp: row.max_tlp ?? "clear",
    optedOut: row.opted_out ?? false,
  });
}

function takeContact(builder: DirectoryBuilder, row: ContactRow): void {
  builder.contact({
    institution: row.institution,
    address: row.address,
    role: row.role ?? "abuse",
    channel: row.channel ?? "mail",
    ...(row.order === undefined ? {} : { order: row.order }),
    language: row.language ?? "",
    key: keyOf(row),
    hours: row.hours === undefined ? null : hoursFrom(row.hours, row.time_zone ?? "UTC"),
    status: row.status ?? "unverified",
    expires: row.expires ?? null,
  });
}

function keyOf(row: ContactRow): ContactKey | null {
  if (row.key_fingerprint === undefined) return null;
  const { key_type: type = "openpgp", key_fingerprint: fingerprint, key_expires: expires } = row;
  return { type, fingerprint, text: "", expires: expires ?? null };
}
