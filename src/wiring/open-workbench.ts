import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Happening } from "../app/alerting/index.ts";
import type { CollectEvent, CollectSummary } from "../app/collect/index.ts";
import type { CaseStore } from "../app/case-ports.ts";
import { type FeedStatus, watchFeeds } from "../app/feed-watch.ts";
import type { IngestSummary } from "../app/ingest-report.ts";
import type { ExchangeFormat, ObservationStore } from "../app/ports.ts";
import type { RereadSummary } from "../app/reread-batches.ts";
import type { TriedFile } from "../app/try-file.ts";
import type {
  AssetPlace,
  CollectOptions,
  ContactSources,
  DaemonEvent,
  FeedListing,
  LocationImport,
  LocationInfo,
  MadeKey,
  MakeKeyOptions,
  Rehearsal,
  Workbench,
} from "../cli/index.ts";
import { type Config, parseConfig, unsetConfig } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import { shippedData } from "../enrich/shared/package-root.ts";
import type { AlertingKit } from "./alerting/alerting-kit.ts";
import { openCases } from "./alerting/open-cases.ts";
import type { Intake } from "./intake.ts";
import { watchedFeeds } from "./feed-expectations.ts";
import { claim, release } from "./owner.ts";

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

/** Opens a data directory with its configuration. What only some commands need is loaded when one asks for it. */
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
  #store: Promise<ObservationStore> | undefined;
  #cases: Promise<CaseStore> | undefined;
  #reading: Promise<Intake> | undefined;
  #contacts: Promise<ContactSources> | undefined;
  #kit: Promise<AlertingKit> | undefined;

  constructor(options: WorkbenchOptions, config: Config) {
    this.#options = options;
    this.dataDir = options.dataDir;
    this.config = config;
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
    const { openDuckdbStore } = await import("../store/duckdb/index.ts");
    const open = (): Promise<ObservationStore> =>
      openDuckdbStore({
        dir: this.dataDir,
        home: this.config.home,
        now: () => this.#options.now(),
      });
    return claim(this.dataDir, this.#options.command, this.#options.now(), open);
  }

  contacts(): Promise<ContactSources> {
    return (this.#contacts ??= this.#openContacts());
  }

  async #openContacts(): Promise<ContactSources> {
    const { openContactSources } = await import("./alerting/contact-sources.ts");
    return openContactSources({ dataDir: this.dataDir, now: () => this.#options.now() });
  }

  async happening(): Promise<Happening> {
    return (await this.#alerting()).happening;
  }

  async preview(alert: string): ReturnType<Workbench["preview"]> {
    return (await this.#alerting()).preview(alert);
  }

  async sendDue(signal: AbortSignal): Promise<number> {
    return (await this.#alerting()).sendDue(signal);
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
    await watchAll(this, await this.#alerting(), once, now, onEvent, signal);
  }

  #alerting(): Promise<AlertingKit> {
    return (this.#kit ??= this.#openAlerting());
  }

  async #openAlerting(): Promise<AlertingKit> {
    const { AlertingKit } = await import("./alerting/alerting-kit.ts");
    return new AlertingKit(this, () => this.#options.now().toISOString());
  }

  cases(): Promise<CaseStore> {
    return (this.#cases ??= openCases(this.dataDir, this.config));
  }

  async ingest(...asked: Parameters<Workbench["ingest"]>): Promise<IngestSummary> {
    return (await this.#intake()).ingest(...asked);
  }

  async retryQuarantine(
    ...asked: Parameters<Workbench["retryQuarantine"]>
  ): ReturnType<Workbench["retryQuarantine"]> {
    return (await this.#intake()).retryQuarantine(...asked);
  }

  async rereadBatches(...asked: Parameters<Workbench["rereadBatches"]>): Promise<RereadSummary> {
    return (await this.#intake()).rereadBatches(...asked);
  }

  async tryFiles(...asked: Parameters<Workbench["tryFiles"]>): Promise<TriedFile[]> {
    return (await this.#intake()).tryFiles(...asked);
  }

  async formats(): ReturnType<Workbench["formats"]> {
    return (await this.#intake()).formats();
  }

  async location(): Promise<LocationInfo> {
    return (await this.#intake()).location();
  }

  async locate(...asked: Parameters<Workbench["locate"]>): Promise<AssetPlace> {
    return (await this.#intake()).locate(...asked);
  }

  async importLocation(
    ...asked: Parameters<Workbench["importLocation"]>
  ): Promise<LocationImport[]> {
    return (await this.#intake()).importLocation(...asked);
  }

  #intake(): Promise<Intake> {
    return (this.#reading ??= this.#openIntake());
  }

  async #openIntake(): Promise<Intake> {
    const { Intake } = await import("./intake.ts");
    return new Intake({
      dataDir: this.dataDir,
      config: this.config,
      stdin: this.#options.stdin,
      now: () => this.#options.now(),
      store: () => this.store(),
      judgeFeeds: () => this.feedStatus(),
    });
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

  shippedRules(): Promise<string> {
    return readFile(shippedData("rules/default.yaml"), "utf8");
  }

  async catalogue(): ReturnType<Workbench["catalogue"]> {
    const { catalogue } = await import("../feeds/catalogue/index.ts");
    return catalogue;
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
}
