/** One observation as an object: what the memory store keeps of a row. */
import type { JournalEntry, ObservationRecord } from "../../app/ports.ts";
import { tlpOfCode } from "../../core/marking/index.ts";
import { ipv4Text, ipv6Text, unpackCountry } from "../../core/network/index.ts";
import {
  joinExtra,
  decodeText,
  type FacetFields,
  type ObservationColumns,
  readFacet,
  type Texts,
  utf8Text,
} from "../../core/observation/index.ts";
import { type Kind, kindOfCode } from "../../core/taxonomy/index.ts";

/** A row as it was delivered. The feed and the file are the writer's to add. */
export interface Observation {
  readonly record: Omit<ObservationRecord, "feed" | "file">;
  readonly seenAt: number;
  readonly day: number;
  readonly kind: Kind | undefined;
  readonly facet: FacetFields;
  /** Count keys; 0 if the row names no address. */
  readonly victimKey: bigint;
  readonly originKey: bigint;
}

/** A row as it is stored. */
export interface StoredObservation extends Observation {
  readonly record: ObservationRecord;
  readonly batch: JournalEntry;
}

/** The rows of a block as objects, in its order. */
export function observationsOf(columns: ObservationColumns): Observation[] {
  const texts = textsOf(columns.texts);
  return Array.from({ length: columns.rows }, (_, row) => observationAt(columns, row, texts));
}

function observationAt(
  columns: ObservationColumns,
  row: number,
  texts: ReadonlyMap<bigint, string>,
): Observation {
  const facet = readFacet(columns.facets, columns.facet[row]!);
  const kind = kindOfCode(facet.kind);
  const text = (words: Uint32Array, at = row) => textOf(words, at, texts);
  const seenAt = Number(word64(columns.seenAt, row));
  const seenUntil = Number(word64(columns.seenUntil, row));
  return {
    seenAt,
    day: columns.day[row]!,
    kind,
    facet,
    victimKey: word64(columns.victim, row),
    originKey: word64(columns.origin, row),
    record: {
      seenAt: timeText(seenAt),
      seenUntil: seenUntil === 0 ? null : timeText(seenUntil),
      kind: kind ?? "",
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
      line: columns.line[row]!,
      identity: word64(columns.identity, row).toString(16).padStart(16, "0"),
      extra: joinExtra(text(columns.victimExtra), text(columns.extra)),
    },
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

function word64(words: Uint32Array, at: number): bigint {
  return (BigInt(words[2 * at + 1]!) << 32n) | BigInt(words[2 * at]!);
}
