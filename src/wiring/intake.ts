import { availableParallelism } from "node:os";
import { defaultFeed, ingest } from "../app/ingest.ts";
import type { IngestProgress, IngestSummary } from "../app/ingest-report.ts";
import type { FeedFormat, ObservationStore, Reading, Sample } from "../app/ports.ts";
import { rereadBatches, type RereadSummary, type RereadTools } from "../app/reread-batches.ts";
import { type RetryQuestion, retryQuarantine } from "../app/retry-quarantine.ts";
import { type TriedFile, tryFile, type TryTools } from "../app/try-file.ts";
import type {
  AssetPlace,
  IngestOptions,
  LocationImport,
  LocationInfo,
  RereadOptions,
  TryOptions,
} from "../cli/index.ts";
import { type FileList, listFiles } from "../collect/files/index.ts";
import type { Config } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import { buildLocation, type LocationTable, openLocator } from "../enrich/location/index.ts";
import { openHosts } from "../enrich/sector/index.ts";
import { feedFormats, recogniseFormat } from "../feeds/index.ts";
import type { IntakeSetup } from "../intake-worker.ts";
import { locateAsset } from "./alerting/locate-asset.ts";
import { openHostLists, takeHostLists } from "./host-lists.ts";
import { importTables, locationOptions } from "./location-files.ts";
import { type ClosablePool, openInlinePool, openThreadPool } from "./parse-pool.ts";

/** Input below this is read on the main thread: threads take longer to start. */
const THREADS_FROM_BYTES = 4 << 20;
/** How far a feed's clock may be ahead of ours. */
const CLOCK_ERROR_MS = 2 * 86_400_000;
const MS_A_DAY = 86_400_000;

/** What reading files works with. */
export interface IntakeOptions {
  readonly dataDir: string;
  readonly config: Config;
  readonly stdin: NodeJS.ReadableStream;
  now(): Date;
  store(): Promise<ObservationStore>;
  /** Notes how the feeds are, after something came in. */
  judgeFeeds(): Promise<unknown>;
}

/** Everything for which feed formats and the location table are needed: many modules, which most commands do without. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #formats: readonly FeedFormat[];
  #location: Promise<LocationTable> | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#formats = feedFormats(options.config.csvMappings);
  }

  async ingest(
    paths: readonly string[],
    options: IngestOptions,
    onProgress: (progress: IngestProgress) => void,
    signal: AbortSignal,
  ): Promise<IngestSummary> {
    if (options.format !== undefined && options.format !== "auto")
      this.#requireFormat(options.format);
    const store = options.dryRun ? undefined : await this.#options.store();
    const list = await listFiles(paths, {
      stdin: this.#options.stdin,
      dir: this.#options.dataDir,
      signal,
    });
    const keepIn = options.dryRun ? undefined : this.#options.dataDir;
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
      if (store && options.watch !== false) await this.#options.judgeFeeds();
      return withExtras(summary, lists, list.problems);
    } finally {
      await pool.close();
      await list.release();
    }
  }

  async retryQuarantine(filter: RetryQuestion): Promise<{ tried: number; taken: number }> {
    const store = await this.#options.store();
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
    const place = { stdin: this.#options.stdin, dir: this.#options.dataDir, signal };
    try {
      const tools: RereadTools = {
        store: await this.#options.store(),
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
      await this.#options.judgeFeeds();
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
    const options = await locationOptions(this.#options.dataDir, this.#options.config);
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
    const hosts = openHosts(await openHostLists(this.#options.dataDir, this.#options.config));
    return locateAsset(openLocator(await this.#table()), hosts, address, host);
  }

  async importLocation(
    files: readonly string[],
    kind: "country" | "asn" | "auto",
  ): Promise<LocationImport[]> {
    this.#location = undefined;
    return importTables(this.#options.dataDir, files, kind);
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
    const list = await listFiles([path], {
      stdin: this.#options.stdin,
      dir: this.#options.dataDir,
      signal,
    });
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
    return Object.hasOwn(this.#options.config.feeds, feed)
      ? this.#options.config.feeds[feed]
      : undefined;
  }

  #requireFormat(name: string): void {
    if (!this.#formats.some((format) => format.name === name))
      throw new Fault(
        "format-unknown",
        `there is no format "${name}"; known: ${this.#formats.map((format) => format.name).join(", ")}`,
      );
  }

  #table(): Promise<LocationTable> {
    return (this.#location ??= locationOptions(this.#options.dataDir, this.#options.config).then(
      buildLocation,
    ));
  }

  async #setup(): Promise<IntakeSetup> {
    return {
      csvMappings: this.#options.config.csvMappings,
      location: await this.#table(),
      hosts: await openHostLists(this.#options.dataDir, this.#options.config),
      latest: this.#options.now().getTime() + CLOCK_ERROR_MS,
    };
  }

  async #openPool(bytes: number, jobs: number | undefined): Promise<ClosablePool> {
    const setup = await this.#setup();
    if (jobs === undefined && bytes < THREADS_FROM_BYTES) return openInlinePool(setup);
    return openThreadPool(
      setup,
      jobs ?? this.#options.config.jobs ?? Math.min(8, availableParallelism()),
    );
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
