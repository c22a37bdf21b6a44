import { z } from "zod";
import type { ContactsFormat } from "../../app/case-ports.ts";
import { type ContactRole, type ReadingOptions, slug } from "../../core/institution/index.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { csvRows } from "../shared/directory/csv-rows.ts";
import { wholeText } from "../shared/directory/whole-text.ts";

/** A row of the list that ships as `data/directory/national-csirts.csv`. */
const Row = z.object({
  iso2: z.string().regex(/^[A-Z]{2}$/, { error: "is no code of two capital letters" }),
  /** `1`: the row to write to first, of all rows of its country. */
  preferred: z.enum(["", "1"]),
  team: z.string().min(1),
  team_full: z.string(),
  email: z.string(),
  email_purpose: z.enum(["", "incident", "general", "vulnerability-report"]),
  kind: z.enum(["national", "government", "sub-national"]),
  status: z.enum(["official", "unverified", "superseded"]),
});
type Row = z.output<typeof Row>;

/**
 * National CSIRTs, a country's list of rows. What the list calls official was so on some page once: here everybody is
 * unverified.
 */
export const csirtContacts: ContactsFormat = {
  name: "csirt-list",
  title: "National CSIRTs, as CERT.at's contacts and Tocsin's own list have them",
  whole: true,
  several: false,
  read: async (chunks, options) => readCsirts(await wholeText(chunks), options),
};

function readCsirts(text: string, options: ReadingOptions) {
  const builder = new DirectoryBuilder(options);
  const rows: (Row & { readonly line: number })[] = [];
  for (const { line, cells, surplus } of csvRows(text).rows) {
    const read = Row.safeParse(cells);
    const [issue] = read.success ? [] : read.error.issues;
    if (surplus > 0) builder.refuse(line, "it has more cells than the header");
    else if (read.success) rows.push({ line, ...read.data });
    else builder.refuse(line, `${issue?.path.join(".")} ${issue?.message}`);
  }
  const leads = leadingTeams(rows);
  for (const row of rows.sort((left, right) => rank(left) - rank(right) || left.line - right.line))
    take(builder, row, leads.get(row.iso2) === teamOf(row));
  return builder.finish();
}

/** Of each country the team that answers for it: that of the preferred row, else the first that is still there. */
function leadingTeams(rows: readonly Row[]): Map<string, string> {
  const leads = new Map<string, string>();
  const best = [...rows].sort((left, right) => rank(left) - rank(right));
  for (const row of best)
    if (!leads.has(row.iso2) && row.status !== "superseded") leads.set(row.iso2, teamOf(row));
  return leads;
}

function take(
  builder: DirectoryBuilder,
  row: Row & { readonly line: number },
  leads: boolean,
): void {
  const country = row.iso2;
  const home = `national-csirt-${country.toLowerCase()}`;
  const id = leads ? home : `${home}-${teamOf(row)}`;
  builder.institution({
    id,
    name: row.team_full || row.team,
    kind: row.kind === "sub-national" ? "sector-csirt" : "national-csirt",
    country,
    tier: "T2",
    maxTlp: "amber",
  });
  if (leads) builder.responsible(id, "country", country);
  if (row.email === "") return;
  const status = row.status === "superseded" ? "superseded" : "unverified";
  if (!builder.contact({ institution: id, address: row.email, role: roleOf(row), status }))
    builder.refuse(row.line, "email is no mail address");
}

function teamOf({ team }: Row): string {
  return slug(team) || "team";
}

function roleOf({ email_purpose: purpose }: Row): ContactRole {
  return purpose === "vulnerability-report" ? "security" : "csirt";
}

/** The preferred row first, then addresses for incidents; superseded ones and those without an address last. */
function rank(row: Row): number {
  const purposes = ["incident", "general", "", "vulnerability-report"];
  const late = row.status === "superseded" ? 20 : row.email === "" ? 10 : 0;
  return row.preferred === "1" ? -1 : late + purposes.indexOf(row.email_purpose);
}
