import type { ItemWriter, Statement } from "../../app/case-ports.ts";
import type { RedactedItem } from "../../core/alert/index.ts";
import { csvCell } from "../shared/csv-cell.ts";

type Cell = (item: RedactedItem, statement: Statement) => string | number | null;

/** The columns, in this order for ever: people's scripts read them. A new one comes last. */
const columns: Readonly<Record<string, Cell>> = {
  ticket: (_, { ticket }) => ticket,
  tlp: ({ tlp }) => tlp,
  side: ({ side }) => side,
  kind: ({ kind }) => kind,
  family: ({ family }) => family,
  asset: ({ asset }) => asset,
  address: ({ address }) => address,
  port: ({ port }) => (port === 0 ? null : port),
  protocol: ({ protocol }) => protocol,
  host: ({ host }) => host,
  url: ({ url }) => url,
  country: ({ country }) => country,
  asn: ({ asn }) => (asn === 0 ? null : asn),
  first_seen: ({ firstSeen }) => firstSeen,
  last_seen: ({ lastSeen }) => lastSeen,
  observations: ({ observations }) => observations,
  confidence: ({ confidence }) => confidence,
  victims: ({ victims }) => victims?.count ?? null,
  victims_by_sector: ({ victims }) =>
    victims?.say === "by-sector" ? list(Object.entries(victims.bySector).map(pair)) : "",
  victim_pseudonyms: ({ victims }) =>
    victims?.say === "pseudonyms" ? list(victims.pseudonyms) : "",
  own_victims: ({ victims }) =>
    victims?.say === "own" ? list(victims.own.map(({ address, host }) => address || host)) : "",
  offenders: ({ offenders }) => list(offenders),
  feeds: ({ feeds }) => list(feeds),
};

/**
 * The items of a message as CSV (RFC 4180): UTF-8 with a byte order mark, by which spreadsheets know it. Indicators are as they are;
 * what a spreadsheet would run as a formula has an apostrophe in front.
 */
export const itemCsv: ItemWriter = {
  format: "csv",
  ending: "csv",
  type: "text/csv; charset=utf-8",
  write(statement) {
    const header = Object.keys(columns);
    const rows = statement.items.map((item) =>
      Object.values(columns).map((cell) => csvCell(cell(item, statement))),
    );
    return `\ufeff${[header, ...rows].map((cells) => `${cells.join(",")}\r\n`).join("")}`;
  },
};

/** Several values in one cell. */
function list(values: readonly string[]): string {
  return values.join(" ");
}

function pair([name, count]: [string, number]): string {
  return `${name}=${count}`;
}
