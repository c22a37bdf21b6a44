import { tlpOfCode } from "../marking/index.ts";
import { ipv4Text, ipv6Text, unpackCountry } from "../network/index.ts";
import { kindOfCode } from "../taxonomy/index.ts";
import { joinExtra, type ObservationColumns, type Texts } from "./columns.ts";
import { readFacet } from "./facet-table.ts";
import { decodeText, utf8Text } from "./text-code.ts";

/** One observation of a block as people see it: addresses, times and kinds as text; `""` and 0 where the feed does not say. */
export interface PlainObservation {
  readonly line: number;
  /** ISO 8601. */
  readonly seenAt: string;
  readonly seenUntil: string | null;
  readonly kind: string;
  readonly family: string;
  readonly victim: string;
  readonly victimPort: number;
  readonly victimHost: string;
  /** By the location table, as for the origin. */
  readonly victimCountry: string;
  readonly victimAsn: number;
  readonly origin: string;
  readonly originPort: number;
  readonly originHost: string;
  readonly originCountry: string;
  readonly originAsn: number;
  /** The name, or the IANA number of a protocol with a name that is seldom met. */
  readonly protocol: string;
  readonly url: string;
  readonly sector: string;
  readonly count: number;
  /** 0 to 100; `null` if the feed does not say. */
  readonly confidence: number | null;
  readonly tlp: string;
  readonly eventId: string;
  /** 64 bits in hex. */
  readonly identity: string;
  /** A JSON object of strings, or `""`. */
  readonly extra: string;
}

/** The rows of a block in words, in its order; at most so many. Off the hot path. */
export function plainObservations(
  columns: ObservationColumns,
  most = Infinity,
): PlainObservation[] {
  const texts = textsOf(columns.texts);
  const length = Math.min(columns.rows, most);
  return Array.from({ length }, (_, row) => plainObservation(columns, row, texts));
}

function plainObservation(
  columns: ObservationColumns,
  row: number,
  texts: ReadonlyMap<bigint, string>,
): PlainObservation {
  const facet = readFacet(columns.facets, columns.facet[row]!);
  const text = (words: Uint32Array, at = row): string => textOf(words, at, texts);
  const seenUntil = Number(word64(columns.seenUntil, row));
  return {
    line: columns.line[row]!,
    seenAt: timeText(Number(word64(columns.seenAt, row))),
    seenUntil: seenUntil === 0 ? null : timeText(seenUntil),
    kind: kindOfCode(facet.kind) ?? "",
    family: text(columns.facets.family, columns.facet[row]!),
    victim: addressAt(columns.victim, columns.victimLow, row),
    victimPort: columns.victimPort[row]!,
    victimHost: text(columns.victimHost),
    victimCountry: unpackCountry(facet.victimCountry),
    victimAsn: columns.victimAsn[row]!,
    origin: addressAt(columns.origin, columns.originLow, row),
    originPort: columns.originPort[row]!,
    originHost: text(columns.originHost),
    originCountry: unpackCountry(facet.originCountry),
    originAsn: facet.originAsn,
    protocol: protocolText(facet.protocol),
    url: text(columns.url),
    sector: text(columns.facets.sector, columns.facet[row]!),
    count: columns.count[row]!,
    confidence: facet.confidence === 255 ? null : facet.confidence,
    tlp: tlpOfCode(facet.tlp),
    eventId: text(columns.eventId),
    identity: word64(columns.identity, row).toString(16).padStart(16, "0"),
    extra: joinExtra(text(columns.victimExtra), text(columns.extra)),
  };
}

function textsOf({ count, codes, ends, bytes }: Texts): Map<bigint, string> {
  const texts = new Map<bigint, string>();
  for (let at = 0; at < count; at++)
    texts.set(word64(codes, at), utf8Text(bytes.subarray(at === 0 ? 0 : ends[at - 1]!, ends[at]!)));
  return texts;
}

function textOf(words: Uint32Array, at: number, texts: ReadonlyMap<bigint, string>): string {
  return decodeText(words[2 * at]!, words[2 * at + 1]!) ?? texts.get(word64(words, at)) ?? "";
}

function addressAt(key: Uint32Array, low: Uint32Array, at: number): string {
  const [w1, w0, w3, w2] = [key[2 * at]!, key[2 * at + 1]!, low[2 * at]!, low[2 * at + 1]!];
  if (w0 !== 0 || w2 !== 0 || w3 !== 0) return ipv6Text(w0, w1, w2, w3);
  return w1 === 0 ? "" : ipv4Text(w1);
}

/** ISO 8601; milliseconds only where there are any. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

function protocolText(code: number): string {
  const names: Record<number, string> = { 0: "", 1: "icmp", 6: "tcp", 17: "udp" };
  return names[code] ?? String(code);
}

/** Word pair `at` as one unsigned number. */
export function word64(words: Uint32Array, at: number): bigint {
  return (BigInt(words[2 * at + 1]!) << 32n) | BigInt(words[2 * at]!);
}
