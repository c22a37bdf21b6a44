/** Task: fills a store with the long period, through the port but without files. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObservationStore, PartWriter, Reading } from "#tocsin/app/ports.js";
import { kindCode } from "#tocsin/core/taxonomy/index.js";
import { ObservationBuilder } from "#tocsin/core/observation/index.js";
import { openLocator } from "#tocsin/enrich/location/index.js";
import { type Cost, measure } from "../shared/measure.ts";
import { bytesIn, HOME, openLocation, openStore } from "../shared/tocsin.ts";
import {
  type Botnet,
  type BotnetSize,
  DAYS,
  drawBotnet,
  FIRST_DAY,
  locationCsv,
  originAddress,
  originOf,
  secondOf,
  seen,
  sighting,
  victimAddress,
} from "./botnet.ts";

/** What to build, in a folder that is emptied. */
export interface BuildOrder extends BotnetSize {
  readonly dir: string;
}

/** What it cost. */
export interface BuildOutcome {
  readonly cost: Cost;
  readonly rows: number;
  readonly storeBytes: number;
}

const BLOCK_ROWS = 20_000;
const MS_A_DAY = 86_400_000;
const NO_BYTES = new Uint8Array(0);

/** Fills the store day by day. */
export async function run({ dir, ...size }: BuildOrder): Promise<BuildOutcome> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "geo.csv"), locationCsv(HOME));
  const locator = openLocator(await openLocation(join(dir, "geo.csv"), dir));
  const net = drawBotnet(size);
  const { value, cost } = await measure(async () => {
    const store = await openStore(join(dir, "store"));
    const rows = await new Filler(net, store, locator).fill();
    await store.close();
    return rows;
  });
  return { cost, rows: value, storeBytes: bytesIn(join(dir, "store")) };
}

class Filler {
  readonly #net: Botnet;
  readonly #store: ObservationStore;
  readonly #locator: ReturnType<typeof openLocator>;
  #part: PartWriter | undefined;

  constructor(net: Botnet, store: ObservationStore, locator: ReturnType<typeof openLocator>) {
    this.#net = net;
    this.#store = store;
    this.#locator = locator;
  }

  async fill(): Promise<number> {
    let rows = 0;
    for (let day = 0; day < DAYS; day++) {
      const part = (this.#part ??= await this.#store.beginPart(FEED));
      rows += await this.#addDay(part, day);
      part.endBatch(journalRow(day));
      if (part.fullness < 0.8 && day < DAYS - 1) continue;
      await part.commit();
      this.#part = undefined;
      process.stderr.write(`period: ${day + 1} of ${DAYS} days, ${rows} observations\n`);
    }
    return rows;
  }

  async #addDay(part: PartWriter, day: number): Promise<number> {
    let builder = this.#block();
    let lines = 0;
    const give = async (): Promise<void> => {
      const columns = builder.finish(builder.answered);
      lines += columns.rows;
      await part.append(columns);
      builder = this.#block();
    };
    for (let victim = 0; victim < this.#net.victims; victim++) {
      const sighted = sighting(victim, day);
      if (!seen(sighted)) continue;
      this.#fillRow(builder, lines, victim, day, sighted);
      if (builder.answered === BLOCK_ROWS) await give();
    }
    await give();
    return lines;
  }

  #fillRow(
    builder: ObservationBuilder,
    before: number,
    victim: number,
    day: number,
    sighted: number,
  ): void {
    const { row } = builder;
    row.line = before + builder.answered + 2;
    row.seenAt = (FIRST_DAY + day) * MS_A_DAY + secondOf(sighted) * 1000;
    row.victim.version = row.origin.version = 4;
    row.victim.w3 = victimAddress(victim);
    row.origin.w3 = originAddress(this.#net, originOf(this.#net, victim, sighted));
    row.originPort = 443;
    row.protocol = 6;
    builder.add(NO_BYTES, 0, 0);
  }

  #block(): ObservationBuilder {
    const describeHost = () => ({ sector: "", country: 0 });
    const options = { locator: this.#locator, describeHost, latest: Date.now() };
    const builder = new ObservationBuilder(options, BLOCK_ROWS);
    builder.row.kind = kindCode("infected-system");
    return builder;
  }
}

const FEED = "replay.days";
const reading: Reading = {
  format: "replay",
  type: "days",
  mapping: "replay.days.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "clear",
  notes: [],
};

function journalRow(day: number): Parameters<PartWriter["endBatch"]>[0] {
  return {
    feed: FEED,
    path: `day-${day}`,
    sha256: `day-${day}`,
    fileSize: 1 + day,
    part: 0,
    last: true,
    toByte: 1,
    toLine: 1,
    reading,
    locationTable: { name: "geo.csv", date: "2013-01-01" },
  };
}
