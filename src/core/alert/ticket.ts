/**
 * Ticket numbers `CC-YYYYMMDD-nnnnnn-c`: the team's two letters, the day, a number of that day, and a check digit after Damm (2004) over
 * day and number, which finds every wrong digit and every two neighbours that changed places.
 */

/** Damm's totally anti-symmetric quasigroup of order 10: row the digit so far, column the next. */
const QUASIGROUP = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];

/** The check digit of a row of digits; of a row that ends with its own check digit it is `0`. */
export function checkDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(QUASIGROUP[interim]![Number(digit)]);
  return String(interim);
}

/** The ticket number of a team (two capital letters), a day (`YYYY-MM-DD`) and a number from 1 to 999,999. */
export function ticketOf(prefix: string, day: string, number: number): string {
  const date = day.replaceAll("-", "");
  const serial = String(number).padStart(6, "0");
  return `${prefix}-${date}-${serial}-${checkDigit(date + serial)}`;
}

/** Whether a text is a ticket number, with the right check digit and a day of the calendar. */
export function isTicket(text: string): boolean {
  const parts = /^[A-Z]{2}-(\d{8})-(\d{6})-(\d)$/.exec(text);
  if (parts === null) return false;
  const [, date = "", serial = "", check = ""] = parts;
  return checkDigit(date + serial + check) === "0" && isDay(date);
}

/**
 * The ticket numbers in a free text, each once, in the order in which they come, in their canonical form. Small letters, full-width
 * forms, other dashes, and a line broken (and quoted with `>`) after a dash are taken; what has a wrong check digit is not.
 */
export function findTickets(text: string): string[] {
  const plain = text.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-");
  const found = plain.matchAll(TICKET);
  const tickets = [...found].map(([, ...parts]) => parts.slice(0, 4).join("-").toUpperCase());
  return [...new Set(tickets)].filter(isTicket);
}

const GAP = "-[ \\t]{0,2}(?:\\r?\\n[>| \\t]{0,8})?";
const TICKET = new RegExp(
  `(?<![A-Za-z0-9])([A-Za-z]{2})${GAP}(\\d{8})${GAP}(\\d{6})${GAP}(\\d)(?![A-Za-z0-9])`,
  "g",
);

function isDay(date: string): boolean {
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const moment = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day);
}
