// Surroundings for tests of the command line: an in-memory workbench per data directory.
// Victims are of 192.0.2.0/24 (CN); origins of 198.51.100.0/24 (US) and 203.0.113.0/24 (DE).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Happening,
  makeHappening,
  nothingPlaced,
  RoutingBook,
} from "../src/app/alerting/index.ts";
import type { Composed } from "../src/app/case-ports.ts";
import type { CollectEvent, CollectSummary } from "../src/app/collect/index.ts";
import { watchFeeds } from "../src/app/feed-watch.ts";
import type { IngestSummary } from "../src/app/ingest-report.ts";
import type { ObservationStore, Reading } from "../src/app/ports.ts";
import type { RereadSummary } from "../src/app/reread-batches.ts";
import type { TriedFile } from "../src/app/try-file.ts";
import {
  type ContactSources,
  type DaemonEvent,
  type FeedListing,
  type Rehearsal,
  type ReplayTruth,
  runCli,
  type Surroundings,
  type Workbench,
} from "../src/cli/index.ts";
import { type Config, parseConfig, parseRules, unsetConfig } from "../src/config/index.ts";
import { Fault } from "../src/core/fault.ts";
import { addressFromText, packCountry } from "../src/core/network/index.ts";
import { ObservationBuilder, utf8Bytes } from "../src/core/observation/index.ts";
import { type Kind, kindCode } from "../src/core/taxonomy/index.ts";
import { exchangeFormats } from "../src/exchange/index.ts";
import { shippedData } from "../src/enrich/shared/package-root.ts";
import { catalogue } from "../src/feeds/catalogue/index.ts";
import * as report from "../src/report/situation/index.ts";
import { openMemoryCases } from "../src/store/cases-in-memory/index.ts";
import { openMemoryStore } from "../src/store/memory/index.ts";
import { openContactSources } from "../src/wiring/alerting/contact-sources.ts";
import { makeKey } from "../src/wiring/alerting/make-key.ts";
import { watchedFeeds } from "../src/wiring/feed-expectations.ts";

/** One observation of a test. */
export interface Row {
  day: string;
  victim?: string;
  origin?: string;
  host?: string;
  kind?: Kind;
  family?: string;
}

const NOW = "2013-06-03T08:00:00Z";

const reading: Reading = {
  format: "test",
  type: "test",
  mapping: "test.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "green",
  notes: [],
};

const countries = ["", "CN", "US", "DE"];
const placeOf = new Map([
  [0xc0_00_02, 1],
  [0xc6_33_64, 2],
  [0xcb_00_71, 3],
]);

/** Puts rows into a store as one file of a feed; a row without addresses and host is refused. */
export async function fill(
  store: ObservationStore,
  feed: string,
  rows: readonly Row[],
): Promise<void> {
  const builder = new ObservationBuilder({
    locator: {
      place4: (address) => placeOf.get(address >>> 8) ?? 0,
      place6: () => 0,
      countries: countries.map(packCountry),
      asns: [0, 64_496, 64_497, 64_498],
      marks: [0, 0, 0, 0],
    },
    describeHost: (host) => ({
      sector: host.includes(".gov.") ? "government" : "",
      country: host.endsWith(".cn") ? packCountry("CN") : 0,
    }),
    latest: Date.parse(NOW),
  });
  for (const [at, row] of rows.entries()) addRow(builder, row, at + 1);
  const writer = await store.beginPart(feed);
  await writer.append(builder.finish(rows.length));
  const locationTable = { name: "test", date: "2013-06-01" };
  const place = { toByte: 1, toLine: rows.length, part: 0, last: true, fileSize: 1 };
  writer.endBatch({ feed, path: `${feed}.csv`, sha256: feed, reading, locationTable, ...place });
  await writer.commit();
}

function addRow(builder: ObservationBuilder, given: Row, line: number): void {
  const { row } = builder;
  const text = (value: string, ref: typeof row.family) => {
    const bytes = utf8Bytes(value);
    builder.text(bytes, 0, bytes.length, ref);
  };
  row.line = line;
  row.kind = kindCode(given.kind ?? "infected-system");
  row.seenAt = Date.parse(`${given.day}T12:00:00Z`);
  row.tlp = 1;
  Object.assign(row.victim, given.victim ? addressFromText(given.victim) : {});
  Object.assign(row.origin, given.origin ? addressFromText(given.origin) : {});
  if (given.host) text(given.host, row.victimHost);
  if (given.family) text(given.family, row.family);
  const raw = utf8Bytes(JSON.stringify(given));
  builder.add(raw, 0, raw.length);
}

/** What a run of the command line gave. */
export interface Run {
  code: number;
  out: string;
  err: string;
  json(): unknown;
}

/** A command line whose data directories live in memory, apart from their configuration. */
export class FakeCli {
  readonly #stores = new Map<string, ObservationStore>();
  /** What `ingest` answers, and what it was asked. */
  summary: Partial<IngestSummary> = {};
  asked: unknown[] = [];
  /** What `feeds try` finds. */
  tried: TriedFile[] = [];
  /** What `batches reread` answers. */
  reread: RereadSummary = { files: [], mayMiss: [] };
  imported: string[][] = [];
  /** What `collect` tells and answers, and what `feeds list` shows. */
  collectEvents: CollectEvent[] = [];
  collected: Partial<CollectSummary> = {};
  listings: FeedListing[] = [];
  /** What institutions are known; kept over runs. */
  readonly cases = openMemoryCases();
  /** What registries and web sites answer; nobody is asked. */
  answersOf: Partial<ContactSources> = {};
  /** What the daemon tells, what a preview is, and how many messages were sent. */
  daemonEvents: DaemonEvent[] = [];
  composed: Composed & { to: string } = {
    messageId: "<1@cert.example>",
    bytes: new Uint8Array(3),
    tlp: "green",
    withheld: 0,
    subject: "a subject",
    text: "a text",
    to: "abuse@hosting.example",
  };
  sent = 0;
  /** What the demo's alerting comes to. */
  rehearsal: Rehearsal = {
    placed: nothingPlaced,
    received: 0,
    alerts: 0,
    institutions: 0,
    told: new Map(),
  };
  readonly happening: Happening = makeHappening({
    book: new RoutingBook({
      readRules: (text) => parseRules(text, "rules.yaml"),
      home: ["CN"],
      ownNetworks: [],
    }),
    canSend: true,
    staleAfterDays: 30,
    ticketPrefix: "TC",
    fourEyesFrom: "amber",
  });
  now = NOW;
  env: Record<string, string> = {};
  inUse = false;
  bug: Error | undefined;
  makeReplay = (_folder: string): ReplayTruth => {
    throw new Fault("input-unreadable", "no replay in this test");
  };
  readonly dataDir: string;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  store(dataDir = this.dataDir): ObservationStore {
    const known = this.#stores.get(dataDir);
    if (known) return known;
    const store = openMemoryStore({ home: ["CN"], now: () => new Date(NOW) });
    this.#stores.set(dataDir, store);
    return store;
  }

  /** Runs one command with `--data` of this directory. */
  async run(...argv: string[]): Promise<Run> {
    const out: string[] = [];
    const err: string[] = [];
    const sink = (into: string[]) =>
      ({
        isTTY: false,
        write: (text: string | Uint8Array) =>
          into.push(typeof text === "string" ? text : Buffer.from(text).toString("latin1")) > 0,
        on: () => undefined,
      }) as unknown as NodeJS.WriteStream;
    const around: Surroundings = {
      argv,
      env: { TOCSIN_DATA: this.dataDir, ...this.env },
      stdout: sink(out),
      stderr: sink(err),
      stdin: { isTTY: false } as NodeJS.ReadStream,
      version: "9.8.7",
      now: () => new Date(this.now),
      openWorkbench: async (dataDir, configFile) => {
        if (this.bug) throw this.bug;
        return this.#open(dataDir, configFile);
      },
      makeReplay: async ({ out: folder }) => this.makeReplay(folder),
      threatfoxHistory: "threatfox.csv.gz",
      report,
    };
    const code = await runCli(around);
    const text = out.join("");
    return { code, out: text, err: err.join(""), json: () => JSON.parse(text) as unknown };
  }

  #open(dataDir: string, configFile?: string): Workbench {
    const path = configFile ?? join(dataDir, "tocsin.yaml");
    const config: Config = existsSync(path)
      ? parseConfig(readFileSync(path, "utf8"), path)
      : unsetConfig;
    return {
      dataDir,
      config,
      store: async () => {
        if (this.inUse) throw new Fault("data-dir-in-use", "in use by process 1");
        if (config.home.length === 0) throw new Fault("not-initialised", `${dataDir} is empty`);
        return this.store(dataDir);
      },
      cases: async () => ({ ...this.cases, close: async () => undefined }),
      happening: async () => this.happening,
      preview: async () => this.composed,
      sendDue: async () => this.sent,
      makeKey: (options) => makeKey(options, new Date(this.now).toISOString()),
      rehearse: async () => this.rehearsal,
      watch: async (options, onEvent) => {
        this.asked.push(options);
        for (const event of this.daemonEvents) onEvent(event);
      },
      contacts: async () => ({
        ...openContactSources({ dataDir, now: () => new Date(this.now) }),
        askRegistry: noNetwork,
        askSite: noNetwork,
        ...this.answersOf,
      }),
      ingest: async (paths, options) => {
        this.asked.push({ paths, options });
        return { ...nothingRead, ...this.summary };
      },
      collect: async (options, onEvent) => {
        this.asked.push(options);
        for (const event of this.collectEvents) onEvent(event);
        return { feeds: [], interrupted: false, ...this.collected };
      },
      feeds: async () => this.listings,
      feedStatus: async (days) =>
        watchFeeds(this.store(dataDir), await watchedFeeds(dataDir, config), new Date(NOW), days),
      retryQuarantine: async (filter) => {
        this.asked.push(filter);
        return { tried: 2, taken: 1 };
      },
      rereadBatches: async (options) => {
        this.asked.push(options);
        return this.reread;
      },
      location: async () => {
        return { name: "test", date: "2013-06-01", ageDays: 2, starter: false, ranges: 3 };
      },
      locate: async (address, host) => ({
        country: countries[placeOf.get((addressFromText(address)?.w3 ?? 0) >>> 8) ?? 0]!,
        asn: address === "" ? 0 : 64_497,
        sector: host.includes(".gov.") ? "government" : "",
      }),
      shippedRules: async () => readFileSync(shippedData("rules/default.yaml"), "utf8"),
      importLocation: async (files) => {
        this.imported.push([...files]);
        return files.map((name) => ({
          name,
          date: "2013-06-01",
          taken: 3,
          refused: 0,
          samples: [],
        }));
      },
      tryFiles: async (path, options) => {
        this.asked.push({ path, options });
        return this.tried;
      },
      catalogue: async () => catalogue,
      formats: async () => [{ name: "test", title: "Rows of a test" }],
      exchange: async (name) => exchangeFormats.find((format) => format.name === name)!,
      close: async () => undefined,
    };
  }
}

async function noNetwork(): Promise<never> {
  throw new Fault("lookup-failed", "no network in this test");
}

const nothingRead: IngestSummary = {
  files: [],
  rows: 0,
  kept: 0,
  duplicate: 0,
  refused: 0,
  skipped: 0,
  reasons: {},
  skips: {},
  samples: [],
  seconds: 1,
  dryRun: false,
  interrupted: false,
};
