/** Rows of the replay's day format, with documentation addresses. */

/** The header of a day's file. */
export const HEADER = "event_id,timestamp,victim_ip,origin_ip,origin_port,protocol,family,count";

/** A row whose victim is the `n`th of at most 250. */
export function row(n: number, changes: Readonly<Record<string, string>> = {}): string {
  const cells: Record<string, string> = {
    event_id: `e${n}`,
    timestamp: "2013-01-05T10:00:00Z",
    victim_ip: `192.0.2.${1 + (n % 250)}`,
    origin_ip: "198.51.100.7",
    origin_port: "6667",
    protocol: "tcp",
    family: "virut",
    count: "1",
    ...changes,
  };
  return Object.values(cells).join(",");
}

/** A whole file of `count` good rows, from the `first` on. */
export function dayFile(count: number, first = 0): string {
  return text([HEADER, ...Array.from({ length: count }, (_, i) => row(first + i))]);
}

/** Lines as a file. */
export function text(lines: readonly string[], end = "\n"): string {
  return lines.map((line) => line + end).join("");
}
