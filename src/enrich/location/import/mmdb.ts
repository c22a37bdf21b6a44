import { Reader, type Response } from "mmdb-lib";
import { Fault } from "../../../core/fault.ts";
import { addressText, type AddressWords, emptyAddress } from "../../../core/network/index.ts";
import { prefixSpan } from "../../shared/prefix.ts";
import { readAsn, readCountry } from "./fields.ts";
import type { Imported } from "./imported.ts";

/** What one data record says; a field is -1 where it says nothing of it. */
interface Fact {
  readonly country: number;
  readonly asn: number;
}

/** Counts of one walk. */
export interface MmdbCounts {
  networks: number;
  /** Networks whose record has neither a country nor an AS number, or a malformed one. */
  silent: number;
}

/**
 * Takes every network of a MaxMind DB (GeoIP2 and GeoLite2 Country, City and ASN, and tables of the same shape). Copies
 * of the IPv4 tree inside the IPv6 tree (6to4, Teredo, mapped addresses) are taken once, as IPv4. Throws what `mmdb-lib`
 * throws on a damaged file.
 */
export function readMmdb(file: Buffer, into: Imported): MmdbCounts {
  const reader = new Reader<Response>(file);
  into.date = reader.metadata.buildEpoch.toISOString().slice(0, 10);
  const facts = new Map<number, Fact>();
  const counts = { networks: 0, silent: 0 };
  walkTree(file, reader.metadata, (address, length, pointer) => {
    const span = prefixSpan(address, length);
    let fact = facts.get(pointer);
    if (fact === undefined) {
      fact = factOfRecord(reader.get(addressText(address)));
      facts.set(pointer, fact);
    }
    counts.networks++;
    if (fact.country >= 0 && span) into.countries.add(span.start, span.end, fact.country);
    if (fact.asn >= 0 && span) into.asns.add(span.start, span.end, fact.asn);
    if (fact.country < 0 && fact.asn < 0) counts.silent++;
  });
  return counts;
}

function factOfRecord(record: unknown): Fact {
  const country = field(record, "country");
  const code = field(country, "iso_code") ?? field(record, "country_code") ?? country;
  const asn = field(record, "autonomous_system_number") ?? field(record, "asn");
  return { country: parse(readCountry, code), asn: parse(readAsn, asn) };
}

function field(record: unknown, name: string): unknown {
  if (typeof record !== "object" || record === null) return undefined;
  return (record as Record<string, unknown>)[name];
}

function parse(read: (bytes: Buffer, from: number, to: number) => number, value: unknown): number {
  if (typeof value !== "string" && typeof value !== "number") return -1;
  const bytes = Buffer.from(String(value));
  return bytes.length === 0 ? -1 : read(bytes, 0, bytes.length);
}

type TakeNetwork = (address: AddressWords, length: number, pointer: number) => void;

function walkTree(file: Buffer, metadata: Reader<Response>["metadata"], take: TakeNetwork): void {
  const { nodeCount, recordSize } = metadata;
  const address = emptyAddress();
  let visited = 0;
  const root4 = metadata.ipVersion === 4 ? 0 : rootOfFour();
  address.version = 4;
  descend(root4, 0, 96);
  if (metadata.ipVersion === 4) return;
  address.version = 6;
  descend(0, 0, 0);

  /** Below `node`, which has `depth` bits of its version's addresses; bit 0 of an IPv4 address is bit 96 of the words. */
  function descend(node: number, depth: number, shift: number): void {
    if (node === nodeCount) return;
    if (node > nodeCount) return take(address, depth, node);
    if (shift === 0 && depth > 0 && node === root4) return;
    if (depth + shift >= 128 || ++visited > nodeCount * 2)
      throw new Fault("location-table-unreadable", "the search tree of the file runs in circles");
    const word = (["w0", "w1", "w2", "w3"] as const)[(depth + shift) >>> 5]!;
    const bit = (1 << (31 - ((depth + shift) & 31))) >>> 0;
    descend(childOf(file, recordSize, node, 0), depth + 1, shift);
    address[word] = (address[word] | bit) >>> 0;
    descend(childOf(file, recordSize, node, 1), depth + 1, shift);
    address[word] = (address[word] & ~bit) >>> 0;
  }

  /** IPv4 lies in the IPv6 tree behind 96 zero bits. */
  function rootOfFour(): number {
    let node = 0;
    for (let depth = 0; depth < 96 && node < nodeCount; depth++)
      node = childOf(file, recordSize, node, 0);
    return node;
  }
}

/** Where a node leads for a bit. Records of 28 bits share the byte in the middle: its upper half is the left one's top. */
function childOf(file: Buffer, recordSize: number, node: number, bit: 0 | 1): number {
  const at = node * (recordSize / 4);
  if (recordSize === 32) return file.readUInt32BE(at + bit * 4);
  if (recordSize === 24) return file.readUIntBE(at + bit * 3, 3);
  const top = bit === 0 ? file[at + 3]! >>> 4 : file[at + 3]! & 0x0f;
  return top * 2 ** 24 + file.readUIntBE(at + bit * 4, 3);
}
