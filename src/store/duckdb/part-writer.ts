import type { BatchRecord, PartOutcome, PartWriter } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { causeCode, type Side } from "../../core/measure/index.ts";
import { countSkips, type ObservationColumns, sumSkips } from "../../core/observation/index.ts";
import { countsSites, kindOfCode } from "../../core/taxonomy/index.ts";
import { rollBack, type Session, type Value } from "./database.ts";
import type { CellMemory } from "./cell-memory.ts";
import { type AppendedBlock, refuseClashes } from "./clashes.ts";
import { type Dropped, type PartBatches, reloadPresences } from "./drop-rows.ts";
import { type OpenBatch } from "./open-batch.ts";
import { DailyTally } from "./daily-tally.ts";
import { IdentitySet } from "./identity-set.ts";
import { ObservationAppender } from "./observation-appender.ts";
import { PresenceBuffer } from "./presence-buffer.ts";
import { appendRefusals, emptyQuarantine } from "./quarantine-appender.ts";
import type { Registry } from "./registry.ts";
import { dropRepeats } from "./repeats.ts";
import { rollUp } from "./roll-ups.ts";
import { TextStage } from "./text-stage.ts";

/** When a part is full: bounds the memory of identity keys and presences, whatever the size of the input. */
const FULL_ROWS = 1_200_000;
const FULL_PRESENCES = 500_000;

/** What the writer needs of its store. */
export interface WriterContext {
  readonly session: Session;
  readonly registry: Registry;
  readonly cells: CellMemory;
  readonly firstBatch: number;
  now(): Date;
  /** Called once, when the part has committed (true) or is forgotten (false). */
  ended(committed: boolean): Promise<void>;
}

/** Writes one part into DuckDB: everything in one transaction of one session. */
export class DuckdbPartWriter implements PartWriter {
  readonly #context: WriterContext;
  readonly #feed: number;
  readonly #rows: ObservationAppender;
  readonly #texts: TextStage;
  readonly #identities = new IdentitySet();
  readonly #daily: DailyTally;
  readonly #presences: Record<Side, PresenceBuffer> = {
    victim: new PresenceBuffer(),
    origin: new PresenceBuffer(),
    site: new PresenceBuffer(),
  };
  readonly #batches: OpenBatch[] = [];
  readonly #blocks: AppendedBlock[] = [];
  /** Positions of a block's rows that are new to the part, and their facets. */
  #keep = new Uint32Array(4096);
  #facetOf = new Uint32Array(4096);
  #rowCount = 0;
  #open: OpenBatch | undefined;

  private constructor(context: WriterContext, feed: number, texts: TextStage) {
    this.#context = context;
    this.#feed = feed;
    this.#texts = texts;
    this.#rows = new ObservationAppender(context.session);
    this.#daily = new DailyTally(feed);
  }

  /** Begins the part's transaction. */
  static async open(context: WriterContext, feed: string): Promise<DuckdbPartWriter> {
    await context.session.run("BEGIN");
    try {
      const texts = await TextStage.open(context.session);
      return new DuckdbPartWriter(context, context.registry.feedId(feed), texts);
    } catch (error) {
      await rollBack(context.session, error);
      throw error;
    }
  }

  get fullness(): number {
    return Math.max(
      this.#rowCount / FULL_ROWS,
      this.#presences.victim.count / FULL_PRESENCES,
      this.#presences.origin.count / FULL_PRESENCES,
    );
  }

  append(columns: ObservationColumns): Promise<void> {
    const batch = this.#batch();
    const facets = this.#context.registry.facetIds(columns.facets, this.#feed);
    const kept = this.#dropRepeatsWithin(columns);
    batch.kept += kept;
    batch.duplicate += columns.rows - kept;
    batch.refused += columns.refusals.count;
    if (columns.skips.count > 0) batch.skips = sumSkips(batch.skips, countSkips(columns.skips));
    this.#rowCount += columns.rows;
    this.#texts.add(columns.texts, this.#blocks.length);
    this.#rows.append(batch.id, columns, this.#keep, kept, facets);
    this.#notePresences(batch, columns, kept, facets);
    appendRefusals(this.#context.session, batch.id, batch.quarantine, columns.refusals);
    return Promise.resolve();
  }

  endBatch(record: BatchRecord): void {
    const batch = this.#batch();
    batch.record = record;
    this.#open = undefined;
  }

  async commit(): Promise<PartOutcome[]> {
    if (this.#open) throw new Fault("usage", "a part is committed while a batch is open");
    const { session, registry, cells, firstBatch } = this.#context;
    this.#rows.close();
    const part = { firstBatch, batches: this.#batches };
    const clashes = await this.#texts.settle();
    const refused =
      clashes.length > 0 ? await refuseClashes(session, registry, part, this.#blocks, clashes) : [];
    const repeats = await dropRepeats(session, {
      ...part,
      feed: this.#feed,
      identities: this.#identities,
    });
    this.#takeOut(refused);
    this.#takeOut(repeats?.rows ?? []);
    if (refused.length > 0 || repeats?.moved) await this.#reloadPresences(part);
    for (const side of ["victim", "origin", "site"] as const) this.#presences[side].settle();
    const last = firstBatch + this.#batches.length - 1;
    await rollUp(session, registry, cells, last, this.#presences);
    this.#daily.append(session);
    await registry.save(session);
    await this.#writeJournal();
    await cells.commit(() => session.run("COMMIT"));
    registry.stored();
    await this.#context.ended(true);
    return this.#batches.map(outcomeOf);
  }

  #takeOut(dropped: Dropped): void {
    this.#daily.subtract(dropped, (facet) => this.#causeAndKind(facet));
  }

  async #reloadPresences(part: PartBatches): Promise<void> {
    const { session } = this.#context;
    for (const side of ["victim", "origin", "site"] as const)
      await reloadPresences(
        session,
        part,
        side,
        this.#presences[side],
        (facet) => side !== "site" || this.#countsSites(facet),
      );
  }

  async rollback(): Promise<void> {
    this.#rows.discard();
    this.#texts.discard();
    this.#context.cells.forget();
    await this.#context.session.run("ROLLBACK");
    await this.#context.registry.reload(this.#context.session);
    await this.#context.ended(false);
  }

  #batch(): OpenBatch {
    if (!this.#open) {
      const id = this.#context.firstBatch + this.#batches.length;
      const counts = { kept: 0, duplicate: 0, refused: 0, skips: {}, firstDay: 0, lastDay: 0 };
      this.#open = { id, ...counts, quarantine: emptyQuarantine() };
      this.#batches.push(this.#open);
    }
    return this.#open;
  }

  /** Fills `#keep` with the positions of rows whose event is new to this part; returns how many. */
  #dropRepeatsWithin(columns: ObservationColumns): number {
    if (this.#keep.length < columns.rows) {
      this.#keep = new Uint32Array(columns.rows * 2);
      this.#facetOf = new Uint32Array(columns.rows * 2);
    }
    return this.#identities.addAll(columns.identity, columns.rows, this.#keep);
  }

  #notePresences(batch: OpenBatch, c: ObservationColumns, kept: number, facets: Uint32Array): void {
    const rows = this.#keep;
    const facetOf = this.#facetOf;
    let firstLine = Infinity;
    let lastLine = 0;
    for (let i = 0; i < kept; i++) {
      const row = rows[i]!;
      const day = c.day[row]!;
      const line = c.line[row]!;
      facetOf[i] = facets[c.facet[row]!]!;
      if (day > batch.lastDay) batch.lastDay = day;
      if (batch.firstDay === 0 || day < batch.firstDay) batch.firstDay = day;
      if (line < firstLine) firstLine = line;
      if (line > lastLine) lastLine = line;
    }
    this.#blocks.push({ batch: batch.id, firstLine, lastLine });
    const { victim, origin, site } = this.#presences;
    victim.addRows(c.victim, c.day, rows, kept, facetOf);
    origin.addRows(c.origin, c.day, rows, kept, facetOf);
    this.#daily.add(c, rows, kept, facets, (facet) => this.#causeAndKind(facet));
    const isSite = Array.from(facets, (facet) => this.#countsSites(facet));
    if (!isSite.includes(true)) return;
    const sites = rows.subarray(0, kept).filter((row) => isSite[c.facet[row]!]!);
    const siteFacets = sites.map((row) => facets[c.facet[row]!]!);
    site.addRows(c.victimHost, c.day, sites, sites.length, siteFacets);
  }

  #countsSites(facet: number): boolean {
    const kind = kindOfCode(this.#context.registry.facets[facet]!.kind);
    return kind !== undefined && countsSites(kind);
  }

  #causeAndKind(facet: number): { cause: number; kind: number } {
    const { registry } = this.#context;
    return { cause: causeCode(registry.causeOf(facet)), kind: registry.facets[facet]!.kind };
  }

  async #writeJournal(): Promise<void> {
    const storedAt = this.#context.now().toISOString();
    for (let from = 0; from < this.#batches.length; from += JOURNAL_ROWS) {
      const some = this.#batches.slice(from, from + JOURNAL_ROWS);
      const rows = some.map((_, row) => `(${journalParameters(row)})`);
      await this.#context.session.run(
        `INSERT INTO batch VALUES ${rows.join(",")}`,
        some.flatMap((batch) => this.#journalRow(batch, storedAt)),
      );
    }
  }

  #journalRow(batch: OpenBatch, storedAt: string): Value[] {
    const r = batch.record!;
    const { rows, kept, duplicate, refused, skipped, skips } = outcomeOf(batch);
    return [
      batch.id,
      this.#feed,
      r.path,
      r.sha256,
      BigInt(r.fileSize),
      r.part,
      r.last,
      BigInt(r.toByte),
      BigInt(r.toLine),
      JSON.stringify(r.reading),
      r.locationTable.name,
      r.locationTable.date,
      BigInt(rows),
      BigInt(kept),
      BigInt(duplicate),
      BigInt(refused),
      batch.firstDay,
      batch.lastDay,
      storedAt,
      BigInt(skipped),
      JSON.stringify(skips),
    ];
  }
}

function outcomeOf(batch: OpenBatch): PartOutcome {
  const { id, kept, duplicate, refused, skips, quarantine } = batch;
  const skipped = Object.values(skips).reduce((sum, n) => sum + n, 0);
  const rows = kept + duplicate + refused + skipped;
  return { batch: id, rows, kept, duplicate, refused, skipped, skips, unkept: quarantine.unkept };
}

/** Journal rows in one statement. */
const JOURNAL_ROWS = 100;
const JOURNAL_COLUMNS = 21;

const STORED_AT = 18;

/** `$1,$2,...`: the parameters of a row; one is a time. */
function journalParameters(row: number): string {
  const names = Array.from(
    { length: JOURNAL_COLUMNS },
    (_, i) => `$${row * JOURNAL_COLUMNS + i + 1}${i === STORED_AT ? "::TIMESTAMP_MS" : ""}`,
  );
  return names.join(",");
}
