/**
 * What the store keeps in memory of its small tables: feeds, facets, dimensions. All grow only; what a part adds becomes
 * permanent with its transaction, and `reload` forgets it after a rollback.
 */
import {
  causeOf,
  type Cause,
  type FeedFacet,
  groupOf,
  type Side,
  type View,
  views,
} from "../../core/measure/index.ts";
import { emptyFacet, type Facets, FacetTable, readFacet } from "../../core/observation/index.ts";
import type { Session } from "./database.ts";

const eagerViews: Record<Side, readonly View[]> = {
  victim: views.filter((view) => view.eager && view.side === "victim"),
  origin: views.filter((view) => view.eager && view.side === "origin"),
  site: views.filter((view) => view.eager && view.side === "site"),
};

/** The facets of one feed: their places in a table, and the store's number of each place. */
interface FeedFacets {
  readonly table: FacetTable;
  readonly ids: number[];
}

/** A group of a view, numbered. */
export interface Dimension {
  readonly view: number;
  readonly value: bigint;
}

/** Feeds, facets and dimensions of a store whose cube is for one home. */
export class Registry {
  readonly feeds: string[] = [];
  readonly facets: FeedFacet[] = [];
  readonly dimensions: Dimension[] = [];
  readonly #home: ReadonlySet<number>;
  readonly #byFeed: FeedFacets[] = [];
  readonly #scratch = emptyFacet();
  readonly #dimensionIds = new Map<string, number>();
  /** By side, then by facet: the dimensions of the eager views. Filled on demand. */
  #eager: Record<Side, number[][]> = { victim: [], origin: [], site: [] };
  readonly #causes: Cause[] = [];
  /** How many of each are stored. */
  #stored = { feeds: 0, facets: 0, dimensions: 0 };

  constructor(home: ReadonlySet<number>) {
    this.#home = home;
  }

  /** Reads everything from the store, and forgets what is not in it. */
  async reload(session: Session): Promise<void> {
    this.feeds.length = this.facets.length = this.dimensions.length = this.#causes.length = 0;
    this.#byFeed.length = 0;
    this.#dimensionIds.clear();
    this.#eager = { victim: [], origin: [], site: [] };
    for (const row of await session.rows<{ name: string }>("SELECT name FROM feed ORDER BY id"))
      this.feeds.push(row.name);
    for (const row of await session.rows<StoredFacet>("SELECT * FROM facet ORDER BY id"))
      this.#takeStored(facetOfRow(row));
    for (const row of await session.rows<{ view: number; value: bigint }>(
      "SELECT view, value FROM dimension ORDER BY id",
    ))
      this.dimensionId(row.view, row.value);
    this.#markStored();
  }

  /** The number of a feed, new or known. */
  feedId(name: string): number {
    const known = this.feeds.indexOf(name);
    return known >= 0 ? known : this.feeds.push(name) - 1;
  }

  /** The store's numbers of a block's facets. */
  facetIds(block: Facets, feed: number): Uint32Array {
    const ids = new Uint32Array(block.count);
    const known = this.#facetsOf(feed);
    for (let at = 0; at < block.count; at++) {
      const place = known.table.place(readFacet(block, at, this.#scratch));
      ids[at] = known.ids[place] ??= this.#addFacet({ ...this.#scratch, feed });
    }
    return ids;
  }

  #facetsOf(feed: number): FeedFacets {
    return (this.#byFeed[feed] ??= { table: new FacetTable(), ids: [] });
  }

  /** Why observations of a facet count or do not. */
  causeOf(facet: number): Cause {
    return (this.#causes[facet] ??= causeOf(this.facets[facet]!, this.#home));
  }

  /** The dimensions of the eager views in which a key with this facet counts. */
  eagerDimensions(side: Side, facet: number): readonly number[] {
    return (this.#eager[side][facet] ??= this.dimensionsOf(facet, eagerViews[side]));
  }

  /** The dimensions of some views in which a key with this facet counts. */
  dimensionsOf(facet: number, of: readonly View[]): number[] {
    const ids: number[] = [];
    for (const view of of) {
      const group = groupOf(view, this.facets[facet]!, this.causeOf(facet));
      if (group)
        ids.push(this.dimensionId(view.code, (BigInt(group.hi) << 32n) | BigInt(group.lo)));
    }
    return ids;
  }

  /** The number of a group of a view, new or known. */
  dimensionId(view: number, value: bigint): number {
    const key = `${view}:${value}`;
    const known = this.#dimensionIds.get(key);
    if (known !== undefined) return known;
    const id = this.dimensions.push({ view, value }) - 1;
    this.#dimensionIds.set(key, id);
    return id;
  }

  /** Writes what is new. Call within the transaction that needs it; then `stored` after its commit. */
  async save(session: Session): Promise<void> {
    for (let id = this.#stored.feeds; id < this.feeds.length; id++)
      await session.run("INSERT INTO feed VALUES ($1, $2)", [id, this.feeds[id]!]);
    this.#saveFacets(session);
    this.#saveDimensions(session);
  }

  /** Tells that the transaction of the last `save` has committed. */
  stored(): void {
    this.#markStored();
  }

  #markStored(): void {
    this.#stored = {
      feeds: this.feeds.length,
      facets: this.facets.length,
      dimensions: this.dimensions.length,
    };
  }

  #takeStored(facet: FeedFacet): void {
    const known = this.#facetsOf(facet.feed);
    known.ids[known.table.place(facet)] = this.#addFacet(facet);
  }

  #addFacet(facet: FeedFacet): number {
    return this.facets.push(facet) - 1;
  }

  #saveFacets(session: Session): void {
    const appender = session.appender("facet");
    for (let id = this.#stored.facets; id < this.facets.length; id++) {
      const f = this.facets[id]!;
      appender.words(0)[0] = id;
      const small = [
        f.feed,
        f.kind,
        f.sides,
        f.victimCountry,
        f.victimMark,
        f.originCountry,
        f.originMark,
        f.originAsn,
        f.protocol,
        f.tlp,
        f.confidence,
      ];
      small.forEach((value, i) => (appender.numbers(i + 1)[0] = value));
      appender.words(12).set([f.familyLo, f.familyHi]);
      appender.words(13).set([f.sectorLo, f.sectorHi]);
      appender.flush(1);
    }
    appender.close();
  }

  #saveDimensions(session: Session): void {
    const appender = session.appender("dimension");
    for (let id = this.#stored.dimensions; id < this.dimensions.length; id++) {
      const { view, value } = this.dimensions[id]!;
      appender.words(0)[0] = id;
      appender.numbers(1)[0] = view;
      appender.words(2).set([Number(value & 0xffffffffn), Number(value >> 32n)]);
      appender.flush(1);
    }
    appender.close();
  }
}

interface StoredFacet {
  feed: number;
  kind: number;
  sides: number;
  victim_country: number;
  victim_mark: number;
  origin_country: number;
  origin_mark: number;
  origin_asn: number;
  protocol: number;
  tlp: number;
  confidence: number;
  family: bigint;
  sector: bigint;
}

function facetOfRow(row: StoredFacet): FeedFacet {
  return {
    feed: row.feed,
    kind: row.kind,
    sides: row.sides,
    victimCountry: row.victim_country,
    victimMark: row.victim_mark,
    originCountry: row.origin_country,
    originMark: row.origin_mark,
    originAsn: row.origin_asn,
    protocol: row.protocol,
    tlp: row.tlp,
    confidence: row.confidence,
    familyLo: Number(row.family & 0xffffffffn),
    familyHi: Number(row.family >> 32n),
    sectorLo: Number(row.sector & 0xffffffffn),
    sectorHi: Number(row.sector >> 32n),
  };
}
