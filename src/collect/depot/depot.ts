import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type {
  Collector,
  CollectState,
  DeliveryOutcome,
  Depot,
  FeedStanding,
  JournaledDelivery,
  JournalLine,
  Spool,
  Taken,
} from "../../app/collect-ports.ts";
import { compactJournal } from "./compact.ts";
import { FileSpool } from "./file-spool.ts";
import { JournalFile, readJournal } from "./journal-file.ts";
import { JournalView } from "./journal-view.ts";
import { recoverSpool } from "./recover.ts";

/** Where a feed's depot is, and how it is to be kept. */
export interface DepotOptions {
  /** The feed's own folder. */
  readonly dir: string;
  readonly unjournaled: Collector["unjournaled"];
  /** Whether the remote side may offer a delivery again after a long time: then its id is never forgotten. */
  readonly remembers: boolean;
  now(): Date;
}

const JOURNAL = "journal.jsonl";
const SPOOL = "spool";

/** Opens the depot of a feed; whoever does so owns the data directory. */
export async function openDepot(options: DepotOptions): Promise<Depot> {
  const { dir } = options;
  const spoolDir = join(dir, SPOOL);
  await mkdir(spoolDir, { recursive: true, mode: 0o700 });
  const path = join(dir, JOURNAL);
  await compactJournal(path, options.remembers, options.now());
  const { lines, bytes } = await readJournal(path);
  const view = new JournalView(spoolDir);
  for (const line of lines) view.apply(line);
  const depot = new FileDepot(spoolDir, view, await JournalFile.open(path, bytes), () =>
    options.now(),
  );
  const found = await recoverSpool(spoolDir, view, options.unjournaled);
  if (found.length > 0) await depot.take({ deliveries: found });
  return depot;
}

/** How collecting stands for a feed, for whoever does not own the data directory. */
export async function readStanding(dir: string): Promise<FeedStanding> {
  const view = new JournalView(join(dir, SPOOL));
  for (const line of (await readJournal(join(dir, JOURNAL))).lines) view.apply(line);
  return view.standing;
}

class FileDepot implements Depot {
  readonly spool: Spool;
  readonly #view: JournalView;
  readonly #journal: JournalFile;
  readonly #now: () => Date;

  constructor(dir: string, view: JournalView, journal: JournalFile, now: () => Date) {
    this.spool = new FileSpool(dir, now);
    this.#view = view;
    this.#journal = journal;
    this.#now = now;
  }

  get state(): CollectState | undefined {
    return this.#view.state;
  }

  get standing(): FeedStanding {
    return this.#view.standing;
  }

  known(id: string): boolean {
    return this.#view.known(id);
  }

  async take({ deliveries, state }: Taken): Promise<void> {
    if (deliveries.length === 0 && state === undefined) return;
    await this.#write({
      at: this.#at(),
      event: "taken",
      deliveries: deliveries.map(({ path, ...rest }) => ({ ...rest, file: basename(path) })),
      ...(state ? { state } : {}),
    });
  }

  async listening(): Promise<void> {
    await this.#write({ at: this.#at(), event: "listening" });
  }

  async ended(run: { seconds: number; deliveries: number; bytes: number }): Promise<void> {
    await this.#write({ at: this.#at(), event: "run", ...run });
  }

  async failed(failure: {
    code: string;
    message: string;
    failures: number;
    retryAt: string;
  }): Promise<void> {
    await this.#write({ at: this.#at(), event: "failure", ...failure });
  }

  async ingested(id: string, outcome: DeliveryOutcome): Promise<void> {
    await this.#write({ at: this.#at(), event: "ingested", id, ...outcome });
  }

  waiting(): JournaledDelivery[] {
    return this.#view.waiting();
  }

  unread(): JournaledDelivery[] {
    return this.#view.unread();
  }

  async tryAgain(): Promise<void> {
    const ids = this.#view.unread().map(({ id }) => id);
    if (ids.length > 0) await this.#write({ at: this.#at(), event: "again", ids });
  }

  async prune(before: Date): Promise<void> {
    const old = this.#view.present().filter(({ ingestedAt, outcome }) => {
      if (ingestedAt === undefined || outcome?.outcome === "failed") return false;
      return Date.parse(ingestedAt) <= before.getTime();
    });
    if (old.length === 0) return;
    for (const { path } of old) await rm(path, { force: true });
    await this.#write({ at: this.#at(), event: "removed", ids: old.map(({ id }) => id) });
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  async #write(line: JournalLine): Promise<void> {
    await this.#journal.append(line);
    this.#view.apply(line);
  }

  #at(): string {
    return this.#now().toISOString();
  }
}
