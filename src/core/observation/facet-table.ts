import type { Facets } from "./columns.ts";

/** One row's facet while it is being built; fields as in {@link Facets}. */
export interface FacetFields {
  kind: number;
  sides: number;
  victimCountry: number;
  victimMark: number;
  originCountry: number;
  originMark: number;
  originAsn: number;
  protocol: number;
  tlp: number;
  confidence: number;
  familyLo: number;
  familyHi: number;
  sectorLo: number;
  sectorHi: number;
}

/** A facet with nothing in it. */
export function emptyFacet(): FacetFields {
  return {
    kind: 0,
    sides: 0,
    victimCountry: 0,
    victimMark: 0,
    originCountry: 0,
    originMark: 0,
    originAsn: 0,
    protocol: 0,
    tlp: 0,
    confidence: 255,
    familyLo: 0,
    familyHi: 0,
    sectorLo: 0,
    sectorHi: 0,
  };
}

const mixes = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];

/** The distinct facets of a block, found by hashing; grows as needed. */
export class FacetTable {
  #capacity = 1024;
  #slots = new Int32Array(4096).fill(-1);
  facets: Facets = allocate(1024);

  /** The position of the facet, added if new. */
  place(f: FacetFields): number {
    let hash = Math.imul(f.originAsn ^ (f.originCountry << 16) ^ f.victimCountry, mixes[0]!);
    hash ^= Math.imul(f.familyLo ^ (f.kind << 24) ^ f.protocol, mixes[1]!);
    hash ^= Math.imul(f.sectorLo ^ (f.victimMark << 8) ^ (f.originMark << 16) ^ f.sides, mixes[2]!);
    hash ^= Math.imul(f.familyHi ^ f.sectorHi ^ (f.tlp << 8) ^ f.confidence, mixes[3]!);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const at = this.#slots[slot]!;
      if (at < 0) break;
      if (this.#same(at, f)) return at;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, f);
  }

  #same(at: number, f: FacetFields): boolean {
    const t = this.facets;
    return (
      t.originAsn[at] === f.originAsn &&
      t.originCountry[at] === f.originCountry &&
      t.family[2 * at] === f.familyLo &&
      t.family[2 * at + 1] === f.familyHi &&
      t.victimCountry[at] === f.victimCountry &&
      t.kind[at] === f.kind &&
      t.protocol[at] === f.protocol &&
      t.sector[2 * at] === f.sectorLo &&
      t.sector[2 * at + 1] === f.sectorHi &&
      t.victimMark[at] === f.victimMark &&
      t.originMark[at] === f.originMark &&
      t.sides[at] === f.sides &&
      t.tlp[at] === f.tlp &&
      t.confidence[at] === f.confidence
    );
  }

  #add(slot: number, f: FacetFields): number {
    const t = this.facets;
    const at = t.count++;
    t.kind[at] = f.kind;
    t.sides[at] = f.sides;
    t.victimCountry[at] = f.victimCountry;
    t.victimMark[at] = f.victimMark;
    t.originCountry[at] = f.originCountry;
    t.originMark[at] = f.originMark;
    t.originAsn[at] = f.originAsn;
    t.protocol[at] = f.protocol;
    t.tlp[at] = f.tlp;
    t.confidence[at] = f.confidence;
    t.family[2 * at] = f.familyLo;
    t.family[2 * at + 1] = f.familyHi;
    t.sector[2 * at] = f.sectorLo;
    t.sector[2 * at + 1] = f.sectorHi;
    this.#slots[slot] = at;
    if (t.count === this.#capacity) this.#grow();
    return at;
  }

  #grow(): void {
    const old = this.facets;
    const grown = allocate((this.#capacity *= 2));
    for (const name of facetArrays) grown[name].set(old[name] as never);
    this.#slots = new Int32Array(this.#capacity * 4).fill(-1);
    this.facets = grown;
    for (let i = 0; i < old.count; i++) this.place(readFacet(old, i));
  }
}

/** The array fields of {@link Facets}. */
export const facetArrays = [
  "kind",
  "sides",
  "victimCountry",
  "victimMark",
  "originCountry",
  "originMark",
  "originAsn",
  "protocol",
  "tlp",
  "confidence",
  "family",
  "sector",
] as const;

function allocate(capacity: number): Facets {
  return {
    count: 0,
    kind: new Uint8Array(capacity),
    sides: new Uint8Array(capacity),
    victimCountry: new Uint16Array(capacity),
    victimMark: new Uint8Array(capacity),
    originCountry: new Uint16Array(capacity),
    originMark: new Uint8Array(capacity),
    originAsn: new Uint32Array(capacity),
    protocol: new Uint8Array(capacity),
    tlp: new Uint8Array(capacity),
    confidence: new Uint8Array(capacity),
    family: new Uint32Array(2 * capacity),
    sector: new Uint32Array(2 * capacity),
  };
}

/** Facet `at` as one object: `into`, or a new one. */
export function readFacet(facets: Facets, at: number, into = emptyFacet()): FacetFields {
  into.kind = facets.kind[at]!;
  into.sides = facets.sides[at]!;
  into.victimCountry = facets.victimCountry[at]!;
  into.victimMark = facets.victimMark[at]!;
  into.originCountry = facets.originCountry[at]!;
  into.originMark = facets.originMark[at]!;
  into.originAsn = facets.originAsn[at]!;
  into.protocol = facets.protocol[at]!;
  into.tlp = facets.tlp[at]!;
  into.confidence = facets.confidence[at]!;
  into.familyLo = facets.family[2 * at]!;
  into.familyHi = facets.family[2 * at + 1]!;
  into.sectorLo = facets.sector[2 * at]!;
  into.sectorHi = facets.sector[2 * at + 1]!;
  return into;
}
