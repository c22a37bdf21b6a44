import { resolve } from "node:path";
import { askedLanguage, terminalLanguage } from "./language.ts";
import { type Messages, messagesOf } from "./messages/index.ts";
import { Printer } from "./printer.ts";
import { Progress } from "./progress.ts";
import type { Language, Surroundings, Workbench } from "./workbench.ts";

/** The options that every command takes. */
export interface GlobalOptions {
  readonly data?: string;
  readonly config?: string;
  readonly lang?: Language;
}

/** One run of one command. */
export class Session {
  readonly around: Surroundings;
  readonly printer: Printer;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly dataDir: string;
  readonly configFile: string | undefined;
  #language: Language;
  readonly #open: Workbench[] = [];

  constructor(around: Surroundings, options: GlobalOptions, signal: AbortSignal) {
    this.around = around;
    this.printer = new Printer(around);
    this.signal = signal;
    this.dataDir = resolve(options.data ?? (around.env["TOCSIN_DATA"] || "tocsin-data"));
    this.configFile = options.config === undefined ? undefined : resolve(options.config);
    this.#language = askedLanguage(around.argv) ?? terminalLanguage(around.env);
  }

  /** `--lang`, else what the configuration says, else the terminal's. */
  get language(): Language {
    return this.#language;
  }

  get words(): Messages {
    return messagesOf(this.#language);
  }

  /** Opens the data directory, or another one; it is closed at the end of the session. */
  async open(dataDir = this.dataDir): Promise<Workbench> {
    const configFile = dataDir === this.dataDir ? this.configFile : undefined;
    const bench = await this.around.openWorkbench(dataDir, configFile);
    this.#open.push(bench);
    this.#language = askedLanguage(this.around.argv) ?? bench.config.language ?? this.#language;
    return bench;
  }

  /** Opens a data directory that is being set up: it has no configuration yet. */
  async openUnset(dataDir: string): Promise<Workbench> {
    const bench = await this.around.openWorkbench(dataDir);
    this.#open.push(bench);
    return bench;
  }

  /** A progress line with this title. */
  progress(title: string): Progress {
    return new Progress(this.around, title, this.words.progress);
  }

  countryName(iso2: string): string {
    return this.around.report.countryName(iso2, this.#language);
  }

  async close(): Promise<void> {
    for (const bench of this.#open.splice(0).reverse()) await bench.close();
  }
}
