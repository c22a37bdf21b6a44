import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Happening } from "../app/alerting/index.ts";
import type { CollectEvent, CollectSummary } from "../app/collect/index.ts";
import type { CaseStore } from "../app/case-ports.ts";
import { type FeedStatus, watchFeeds } from "../app/feed-watch.ts";
import { defaultFeed, ingest } from "../app/ingest.ts";
import type { IngestProgress, IngestSummary } from "../app/ingest-report.ts";
import type {
  ExchangeFormat,
  CatalogueEntry,
  FeedFormat,
  ObservationStore,
  Reading,
  Sample,
} from "../app/ports.ts";
import { rereadBatches, type RereadSummary, type RereadTools } from "../app/reread-batches.ts";
import { type RetryQuestion, retryQuarantine } from "../app/retry-quarantine.ts";
import { type TriedFile, tryFile, type TryTools } from "../app/try-file.ts";
import type {
  AssetPlace,
  CollectOptions,
  ContactSources,
  DaemonEvent,
  FeedListing,
  IngestOptions,
  LocationImport,
  LocationInfo,
  MadeKey,
  MakeKeyOptions,
  Rehearsal,
  RereadOptions,
  TryOptions,
  Workbench,
} from "../cli/index.ts";
import { type FileList, listFiles } from "../collect/files/index.ts";
import { type Config, parseConfig, unsetConfig } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import { buildLocation, type LocationTable, openLocator } from "../enrich/location/index.ts";
import { openHosts } from "../enrich/sector/index.ts";
import { shippedData } from "../enrich/shared/package-root.ts";
import { catalogue } from "../feeds/catalogue/index.ts";
import { feedFormats, recogniseFormat } from "../feeds/index.ts";
import type { IntakeSetup } from "../intake-worker.ts";
import { openDuckdbStore } from "../store/duckdb/index.ts";
import { AlertingKit } from "./alerting/alerting-kit.ts";
import { locateAsset } from "./alerting/locate-asset.ts";
import { openCases } from "./alerting/open-cases.ts";
import { openContactSources } from "./alerting/contact-sources.ts";
import { watchedFeeds } from "./feed-expectations.ts";
import { openHostLists, takeHostLists } from "./host-lists.ts";
import { importTables, locationOptions } from "./location-files.ts";
import { claim, release } from "./owner.ts";
import { type ClosablePool, openInlinePool, openThreadPool } from "./parse-pool.ts";

/** Input below this is read on the main thread: threads take longer to start. */
const THREADS_FROM_BYTES = 4 << 20;
/** How far a feed's clock may be ahead of ours. */
const CLOCK_ERROR_MS = 2 * 86_400_000;
const MS_A_DAY = 86_400_000;

/** What the workbench takes from its surroundings. */
export interface WorkbenchOptions {
  readonly dataDir: string;
  /** Overrides `tocsin.yaml` in the data directory. */
  readonly configFile: string | undefined;
  /** The command, for whoever finds the directory in use. */
  readonly command: string;
  readonly stdin: NodeJS.ReadableStream;
  now(): Date;
}

/** Opens a data directory with its configuration; the store is opened when it is asked for. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const path = options.configFile ?? join(options.dataDir, "tocsin.yaml");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined && options.configFile !== undefined)
    throw new Fault("config-invalid", `there is no configuration file ${path}`);
  const config = text === undefined ? unsetConfig : parseConfig(text, path);
  return new OpenWorkbench(options, config);
}

class OpenWorkbench implements Workbench {
  readonly dataDir: string;
  readonly config: Config;
  readonly #options: WorkbenchOptions;
  readonly #formats: readonly FeedFormat[];
  readonly contacts: ContactSources;
  #store: Promise<ObservationStore> | undefined;
  #cases: Promise<CaseStore> | undefined;
  #location: Promise<LocationTable> | undefined;
  #kit: AlertingKit | undefined;

  constructor(options: WorkbenchOptions, config: Config) {
    this.#options = options;
    this.dataDir = options.dataDir;
    this.config = config;
    this.#formats = feedFormats(config.csvMappings);
    this.contacts = openContactSources({ dataDir: this.dataDir, now: () => options.now() });
  }

  store(): Promise<ObservationStore> {
    return (this.#store ??= this.#openStore());
  }

  async #openStore(): Promise<ObservationStore> {
    if (this.config.home.length === 0)
      throw new Fault(
        "not-initialised",
        `${this.dataDir} has no tocsin.yaml; run "tocsin init --data ${this.dataDir}" first`,
      );
    const open = (): Promise<ObservationStore> =>
      openDuckdbStore({
        dir: this.dataDir,
        home: this.config.home,
        now: () => this.#options.now(),
      });
    return claim(this.dataDir, this.#options.command, this.#options.now(), open);
  }

  happening(): Happening {
    return this.#alerting().happening;
  }

  preview(alert: string): ReturnType<Workbench["preview"]> {
    return this.#alerting().preview(alert);
  }

  sendDue(signal: AbortSignal): Promise<number> {
    return this.#alerting().sendDue(signal);
  }

  async makeKey(options: MakeKeyOptions): Promise<MadeKey> {
    const { makeKey } = await import("./alerting/make-key.ts");
    return makeKey(options, this.#options.now().toISOString());
  }

  async rehearse(...asked: Parameters<Workbench["rehearse"]>): Promise<Rehearsal> {
    const { rehearse } = await import("./alerting/rehearse.ts");
    return rehearse(this, ...asked);
  }

  async watch(
    { once }: { readonly once: boolean },
    onEvent: (event: DaemonEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { watchAll } = await import("./alerting/watch-all.ts");
    const now = (): string => this.#options.now().toISOString();
    await watchAll(this, this.#alerting(), once, now, onEvent, signal);
  }

  #alerting(): AlertingKit {
    return (this.#kit ??= new AlertingKit(this, () => this.#options.now().toISOString()));
  }

  cases(): Promise<CaseStore> {
    return (this.#cases ??= openCases(this.dataDir, this.config));
  }

  async ingest(
    paths: readonly string[],
    options: IngestOptions,
    onProgress: (progress: IngestProgress) => void,
    signal: AbortSignal,
  ): Promise<IngestSummary> {
    if (options.format !== undefined && options.format !== "auto")
      this.#requireFormat(options.format);
    const store = options.dryRun ? undefined : await this.store();
    const list = await listFiles(paths, { stdin: this.#options.stdin, dir: this.dataDir, signal });
    const keepIn = options.dryRun ? undefined : this.dataDir;
    const { lists, rest } = await takeHostLists(keepIn, list.files);
    const bytes = rest.reduce((sum, file) => sum + file.size, 0);
    const pool = await this.#openPool(bytes, options.jobs);
    const table = await this.#table();
    const wanted = options.format === "auto" ? undefined : options.format;
    try {
      const summary = await ingest(
        {
          ...(store ? { store } : {}),
          pool,
          locationTable: { name: table.name, date: table.date },
          recognise: (sample, feed) => this.#recognise(sample, feed, wanted),
          clock: () => performance.now(),
        },
        {
          files: rest,
          ...(options.feed === undefined ? {} : { feed: options.feed }),
          ...(options.giveWay ? { giveWay: options.giveWay } : {}),
          signal,
          onProgress,
        },
      );
      if (store && options.watch !== false) await this.feedStatus();
      return withExtras(summary, lists, list.problems);
    } finally {
      await pool.close();
      await list.release();
    }
  }

  async collect(
    options: CollectOptions,
    onEvent: (event: CollectEvent) => void,
    signal: AbortSignal,
  ): Promise<CollectSummary> {
    const { collectFeeds } = await import("./collect/collect-feeds.ts");
    return collectFeeds(this, options, () => this.#options.now(), onEvent, signal);
  }

  async feeds(): Promise<FeedListing[]> {
    const { listFeeds } = await import("./collect/collect-feeds.ts");
    return listFeeds(this, this.#options.now());
  }

  async feedStatus(days?: number): Promise<FeedStatus[]> {
    const watched = await watchedFeeds(this.dataDir, this.config);
    return watchFeeds(await this.store(), watched, this.#options.now(), days);
  }

  async retryQuarantine(filter: RetryQuestion): Promise<{ tried: number; taken: number }> {
    const store = await this.store();
    const { name, date } = await this.#table();
    const pool = openInlinePool(await this.#setup());
    const canRead = (reading: Reading): boolean =>
      this.#formats.some((format) => format.name === reading.format);
    return retryQuarantine({ store, pool, locationTable: { name, date }, canRead }, filter);
  }

  async rereadBatches(
    { format, from, ...question }: RereadOptions,
    signal: AbortSignal,
  ): Promise<RereadSummary> {
    if (format !== undefined) this.#requireFormat(format);
    const { name, date } = await this.#table();
    const lists: FileList[] = [];
    const place = { stdin: this.#options.stdin, dir: this.dataDir, signal };
    try {
      const tools: RereadTools = {
        store: await this.store(),
        pool: openInlinePool(await this.#setup()),
        locationTable: { name, date },
        candidates: async (entry) => {
          const list = await listFiles([from ?? entry.path.split("!", 1)[0]!], place);
          lists.push(list);
          return list.files.filter((file) =>
            from === undefined ? file.path === entry.path : file.size === entry.fileSize,
          );
        },
        recognise: (sample, { feed, reading }) =>
          this.#recogniseAgain(sample, feed, reading, format),
        signal,
      };
      return await rereadBatches(tools, question);
    } finally {
      for (const list of lists) await list.release();
      await this.feedStatus();
    }
  }

  /** As the operator says, else as the configuration says of the feed, else by the format that read it before. */
  #recogniseAgain(
    sample: Sample,
    feed: string,
    before: Reading,
    format: string | undefined,
  ): Reading | undefined {
    const { takenAt } = sample;
    return (
      this.#recognise(sample, feed, format ?? before.format, takenAt) ??
      (format === undefined ? this.#recognise(sample, feed, undefined, takenAt) : undefined)
    );
  }

  async location(): Promise<LocationInfo> {
    const options = await locationOptions(this.dataDir, this.config);
    const table = await this.#table();
    return {
      name: table.name,
      date: table.date,
      ageDays: Math.floor((this.#options.now().getTime() - Date.parse(table.date)) / MS_A_DAY),
      starter: options.countryFiles.length === 0,
      ranges: table.ranges4 + table.ranges6,
    };
  }

  async locate(address: string, host: string): Promise<AssetPlace> {
    const hosts = openHosts(await openHostLists(this.dataDir, this.config));
    return locateAsset(openLocator(await this.#table()), hosts, address, host);
  }

  shippedRules(): Promise<string> {
    return readFile(shippedData("rules/default.yaml"), "utf8");
  }

  async importLocation(
    files: readonly string[],
    kind: "country" | "asn" | "auto",
  ): Promise<LocationImport[]> {
    this.#location = undefined;
    return importTables(this.dataDir, files, kind);
  }

  catalogue(): readonly CatalogueEntry[] {
    return catalogue;
  }

  formats(): readonly { name: string; title: string }[] {
    return this.#formats.map(({ name, title }) => ({ name, title }));
  }

  async tryFiles(
    path: string,
    { format, limit }: TryOptions,
    signal: AbortSignal,
  ): Promise<TriedFile[]> {
    if (format !== undefined) this.#requireFormat(format);
    const list = await listFiles([path], { stdin: this.#options.stdin, dir: this.dataDir, signal });
    const [problem] = list.problems;
    const tools: TryTools = {
      pool: openInlinePool(await this.#setup()),
      formats: format === undefined ? this.#formats.map(({ name }) => name) : [format],
      recognise: (sample) => this.#recognise(sample, undefined, format),
      reported: (reading, extra) =>
        this.#formats.find(({ name }) => name === reading.format)?.reported?.(reading, extra) ?? {},
    };
    try {
      if (problem && list.files.length === 0) throw problem.fault;
      const tried: TriedFile[] = [];
      for (const file of list.files) {
        if (signal.aborted) break;
        tried.push(await tryFile(tools, file, limit));
      }
      return tried;
    } finally {
      await list.release();
    }
  }

  async exchange(name: string): Promise<ExchangeFormat> {
    const { exchangeFormats } = await import("../exchange/index.ts");
    const format = exchangeFormats.find((one) => one.name === name);
    if (!format) throw new Fault("format-unknown", `nothing is written as "${name}"`);
    return format;
  }

  async close(): Promise<void> {
    const cases = await this.#cases?.catch(() => undefined);
    await cases?.close();
    const store = await this.#store?.catch(() => undefined);
    if (!store) return;
    await store.close();
    await release(this.dataDir);
  }

  /** How a file is to be read: what the configuration says of the feed wins over what the format says. */
  #recognise(
    sample: Sample,
    feed: string | undefined,
    wanted: string | undefined,
    takenAt = this.#options.now().toISOString(),
  ): Reading | undefined {
    const named = feed === undefined ? undefined : this.#settingsOf(feed);
    const format = wanted ?? (named?.format === "auto" ? undefined : named?.format);
    const reading = recogniseFormat(this.#formats, { ...sample, takenAt }, format)?.reading;
    if (!reading) return undefined;
    const tlp = (named ?? this.#settingsOf(defaultFeed(reading)))?.tlp;
    return tlp === undefined ? reading : { ...reading, tlp };
  }

  /** What the configuration says of a feed. */
  #settingsOf(feed: string): Config["feeds"][string] | undefined {
    return Object.hasOwn(this.config.feeds, feed) ? this.config.feeds[feed] : undefined;
  }

  #requireFormat(name: string): void {
    if (!this.#formats.some((format) => format.name === name))
      throw new Fault(
        "format-unknown",
        `there is no format "${name}"; known: ${this.#formats.map((format) => format.name).join(", ")}`,
      );
  }

  #table(): Promise<LocationTable> {
    return (this.#location ??= locationOptions(this.dataDir, this.config).then(buildLocation));
  }

  async #setup(): Promise<IntakeSetup> {
    return {
      csvMappings: this.config.csvMappings,
      location: await this.#table(),
      hosts: await openHostLists(this.dataDir, this.config),
      latest: this.#options.now().getTime() + CLOCK_ERROR_MS,
    };
  }

  async #openPool(bytes: number, jobs: number | undefined): Promise<ClosablePool> {
    const setup = await this.#setup();
    if (jobs === undefined && bytes < THREADS_FROM_BYTES) return openInlinePool(setup);
    return openThreadPool(setup, jobs ?? this.config.jobs ?? Math.min(8, availableParallelism()));
  }
}

/** Adds host lists and names that led to nothing to the summary. */
function withExtras(
  summary: IngestSummary,
  lists: readonly { path: string; hosts: number; refused: number }[],
  problems: readonly { path: string; fault: Fault }[],
): IngestSummary {
  const none = { feed: "", type: "", kept: 0, duplicate: 0, skipped: 0, notes: [] };
  return {
    ...summary,
    files: [
      ...lists.map(({ path, hosts, refused }) => ({
        ...none,
        path,
        format: "host-list",
        outcome: "stored" as const,
        rows: 0,
        refused: 0,
        notes: [
          `${hosts} hosts with their sector taken${refused > 0 ? `, ${refused} lines refused` : ""}`,
        ],
      })),
      ...summary.files,
      ...problems.map(({ path, fault }) => ({
        ...none,
        path,
        format: "",
        outcome: "failed" as const,
        rows: 0,
        refused: 0,
        problem: fault.message,
      })),
    ],
  };
}
