/** Observations as records of text, for people and exports. */
import type { ObservationRecord } from "../../app/ports.ts";
import { dayText } from "../../core/measure/index.ts";
import { tlpOfCode } from "../../core/marking/index.ts";
import { ipv4Text, ipv6Text, unpackCountry } from "../../core/network/index.ts";
import { joinExtra } from "../../core/observation/index.ts";
import { kindOfCode } from "../../core/taxonomy/index.ts";
import type { Session, Value } from "./database.ts";
import type { Registry } from "./registry.ts";
import { textsOf } from "./texts.ts";

/** A row of the join below. */
interface StoredObservation {
  batch: number;
  line: number;
  seen_at: bigint;
  seen_until: bigint;
  victim: bigint;
  victim_low: bigint;
  origin: bigint;
  origin_low: bigint;
  ports: number;
  victim_asn: number;
  event_id: bigint;
  count: number;
  identity: bigint;
  extra: bigint;
  victim_extra: bigint;
  facet: number;
  victim_host: bigint;
  origin_host: bigint;
  url: bigint;
  path: string;
}

const SELECT = `
SELECT o.batch, o.line, epoch_ms(o.seen_at) AS seen_at, coalesce(epoch_ms(d.seen_until), 0) AS seen_until,
  o.victim, coalesce(d.victim_low, 0)::UBIGINT AS victim_low, o.origin, coalesce(d.origin_low, 0)::UBIGINT AS origin_low,
  o.ports, o.victim_asn, o.event_id, o.count, o.identity, o.extra, o.victim_extra, o.facet,
  coalesce(d.victim_host, 0)::UBIGINT AS victim_host, coalesce(d.origin_host, 0)::UBIGINT AS origin_host,
  coalesce(d.url, 0)::UBIGINT AS url, b.path
FROM observation o JOIN batch b ON b.id = o.batch
LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity`;

/** Reads observations that meet a condition on `o` (observation) and `b` (batch), in pages. */
export async function* readRecords(
  sessions: { read: Session; texts: Session },
  registry: Registry,
  condition: string,
  values: readonly Value[],
): AsyncGenerator<ObservationRecord[]> {
  for await (const page of sessions.read.pages<StoredObservation>(
    `${SELECT} WHERE ${condition}`,
    values,
  )) {
    const codes = page.flatMap((row) => {
      const facet = registry.facets[row.facet]!;
      return [
        row.event_id,
        row.extra,
        row.victim_extra,
        row.victim_host,
        row.origin_host,
        row.url,
        code(facet.familyLo, facet.familyHi),
        code(facet.sectorLo, facet.sectorHi),
      ];
    });
    const texts = await textsOf(sessions.texts, [...new Set(codes)]);
    yield page.map((row) => toRecord(row, registry, (of) => texts.get(of) ?? ""));
  }
}

function toRecord(
  row: StoredObservation,
  registry: Registry,
  text: (code: bigint) => string,
): ObservationRecord {
  const facet = registry.facets[row.facet]!;
  return {
    seenAt: timeText(row.seen_at)!,
    seenUntil: timeText(row.seen_until),
    kind: kindOfCode(facet.kind) ?? String(facet.kind),
    family: text(code(facet.familyLo, facet.familyHi)),
    victim: keyText(row.victim, row.victim_low),
    victimPort: row.ports & 0xffff,
    victimHost: text(row.victim_host),
    victimCountry: unpackCountry(facet.victimCountry),
    victimAsn: row.victim_asn,
    origin: keyText(row.origin, row.origin_low),
    originPort: row.ports >>> 16,
    originHost: text(row.origin_host),
    originCountry: unpackCountry(facet.originCountry),
    originAsn: facet.originAsn,
    protocol: protocolText(facet.protocol),
    url: text(row.url),
    sector: text(code(facet.sectorLo, facet.sectorHi)),
    count: row.count,
    confidence: facet.confidence === 255 ? null : facet.confidence,
    tlp: tlpOfCode(facet.tlp),
    eventId: text(row.event_id),
    feed: registry.feeds[facet.feed] ?? "",
    file: row.path,
    line: row.line,
    identity: row.identity.toString(16).padStart(16, "0"),
    extra: joinExtra(text(row.victim_extra), text(row.extra)),
  };
}

/** The address of a count key and lower half; `""` for key 0. */
export function keyText(key: bigint, low: bigint): string {
  if (key === 0n) return "";
  if (key < 0x1_0000_0000n) return ipv4Text(Number(key));
  const word = (of: bigint, shift: bigint): number => Number((of >> shift) & 0xffffffffn);
  return ipv6Text(word(key, 32n), word(key, 0n), word(low, 32n), word(low, 0n));
}

/** ISO 8601 in UTC, with milliseconds only if there are any; `null` for 0. */
export function timeText(ms: bigint): string | null {
  if (ms === 0n) return null;
  const text = new Date(Number(ms)).toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

export function protocolText(number: number): string {
  const names: Readonly<Record<number, string>> = { 0: "", 1: "icmp", 6: "tcp", 17: "udp" };
  return names[number] ?? String(number);
}

function code(lo: number, hi: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo);
}

/** `YYYY-MM-DD` of a stored day; `""` for 0. */
export function storedDayText(day: number): string {
  return day === 0 ? "" : dayText(day);
}
