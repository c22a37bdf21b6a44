import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { batchRecord, deliver } from "../../../test/contract/deliver.ts";
import { type Row, rows } from "../../../test/contract/fixture-rows.ts";
import { ask } from "../../../test/contract/use-store.ts";
import type { ObservationStore, PartOutcome } from "../../app/ports.ts";
import type { ObservationColumns } from "../../core/observation/index.ts";
import { openDuckdbStore } from "./index.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-clashes-"));
afterAll(() => rmSync(dir, { recursive: true }));

let stores = 0;
const openStore = (): Promise<ObservationStore> =>
  openDuckdbStore({ dir: join(dir, String(stores++)), home: ["CN"], now: () => new Date(0) });

const HOST = "www.first-of-two.gov.example";
const TWIN = "www.other-of-two.gov.example";

const at = (n: number, more: Partial<Row>): Row => ({
  at: "2013-01-10",
  victim: `192.0.2.${n}`,
  origin: `198.51.100.${n}`,
  ...more,
});
const site = (n: number, host: string): Row => at(n, { kind: "web-backdoor", host });

/** Columns in which the texts of `text` have the code of `twin`, as if both had one hash. */
function colliding(list: readonly Row[], text: string, twin: string, firstLine = 2) {
  const probe = codeOf(rows([at(1, { kind: "web-backdoor", host: twin })]));
  const columns = rows(list, firstLine);
  const own = codeOf(rows([at(1, { kind: "web-backdoor", host: text })]));
  const { texts, facets, ...of } = columns;
  const pairs = [of.victimHost, of.originHost, of.url, of.eventId, of.extra, of.victimExtra];
  for (const words of [...pairs, texts.codes, facets.family, facets.sector])
    for (let i = 0; i + 1 < words.length; i += 2)
      if (words[i] === own[0] && words[i + 1] === own[1]) [words[i], words[i + 1]] = probe;
  return columns;
}

const codeOf = ({ victimHost }: ObservationColumns): [number, number] => [
  victimHost[0]!,
  victimHost[1]!,
];

async function write(
  store: ObservationStore,
  ...files: readonly ObservationColumns[][]
): Promise<PartOutcome[]> {
  const part = await store.beginPart("sites");
  for (const [n, blocks] of files.entries()) {
    for (const block of blocks) await part.append(block);
    part.endBatch(batchRecord("sites", `file-${n}.csv`));
  }
  return part.commit();
}

it("a later part loses the rows whose text has the code of a stored text, and no others", async () => {
  const store = await openStore();
  await deliver(store, "sites", { rows: [site(1, HOST)] });
  const list = [site(2, TWIN), site(3, HOST), at(4, {})].map((row) => [row]);
  const blocks = list.map((row, n) => colliding(row, TWIN, HOST, 2 + n));
  expect(await write(store, blocks)).toMatchObject([{ rows: 3, kept: 2, refused: 1 }]);
  expect(await store.quarantine.rows({})).toMatchObject([
    { line: 2, reason: "text-collision", path: "file-0.csv", raw: "" },
  ]);
  expect((await ask(store)).total).toMatchObject({ victims: 1, origins: 1, observations: 1 });
  expect((await store.size()).observations).toBe(3);
  expect(await store.factsOf("victim", "192.0.2.2")).toBeUndefined();
  await store.close();
});

it("within a part the text that came first stays, whatever comes between", async () => {
  const store = await openStore();
  const blocks = [site(1, HOST), site(2, TWIN), site(3, TWIN), site(4, HOST)].map((row, n) =>
    colliding([row, at(10 + n, {})], TWIN, HOST, 2 + 2 * n),
  );
  const outcomes = await write(store, blocks.slice(0, 3), blocks.slice(3));
  expect(outcomes).toMatchObject([
    { rows: 6, kept: 4, refused: 2 },
    { rows: 2, kept: 2, refused: 0 },
  ]);
  expect((await store.quarantine.rows({})).map(({ line }) => line)).toEqual([4, 6]);
  expect((await ask(store)).total).toMatchObject({ victims: 4, observations: 4 });
  expect((await store.size()).observations).toBe(6);
  await store.close();
});

it("a family, an id and what else the feed says are told apart as well", async () => {
  const store = await openStore();
  await deliver(store, "sites", { rows: [site(1, HOST)] });
  const with_ = [{ family: TWIN }, { eventId: TWIN }, { originHost: TWIN }, { family: "other" }];
  const columns = colliding(
    with_.map((more, n) => at(2 + n, more)),
    TWIN,
    HOST,
  );
  expect(await write(store, [columns])).toMatchObject([{ rows: 4, kept: 1, refused: 3 }]);
  expect(await write(store, [rows([at(9, {})])])).toMatchObject([{ kept: 1, refused: 0 }]);
  await store.close();
});
