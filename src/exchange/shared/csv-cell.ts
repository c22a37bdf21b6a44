/**
 * A cell of a CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP "CSV injection"); so does one that
 * begins like a text so treated: who takes one apostrophe away has the text.
 */
export function csvCell(value: string | number | null): string {
  if (typeof value !== "string") return String(value ?? "");
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
