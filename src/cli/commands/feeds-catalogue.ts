import { readFile, rename, stat, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { CatalogueEntry } from "../../app/ports.ts";
import { addFeed, isFeedName, parseConfig } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { configFileOf } from "../set-up.ts";

/** `tocsin feeds catalogue` */
export function feedsCatalogueCommand(host: CommandHost): Command {
  const { feeds } = host.words;
  return host
    .command("catalogue", feeds.catalogue)
    .argument("[name]", feeds.entry)
    .addOption(host.jsonOption())
    .action(
      host.act<{ json?: boolean }>(async (session, { json }, [name]) => {
        const all = await (await session.open()).catalogue();
        const entries = name === undefined ? all : [findEntry(session, all, name)];
        if (json) session.printer.json({ feeds: entries });
        else if (name === undefined) printAll(session, entries);
        else printOne(session, entries[0]!);
        return exitCodes.ok;
      }),
    );
}

interface AddFlags {
  readonly as?: string;
  readonly enable?: boolean;
  readonly json?: boolean;
}

/** `tocsin feeds add` */
export function feedsAddCommand(host: CommandHost): Command {
  const { feeds } = host.words;
  return host
    .command("add", feeds.add)
    .argument("<name>", feeds.entry)
    .option("--as <feed>", feeds.addAs)
    .option("--enable", feeds.enable)
    .addOption(host.jsonOption())
    .action(host.act<AddFlags>(add));
}

async function add(
  session: Session,
  { as, enable, json }: AddFlags,
  [name = ""]: readonly string[],
): Promise<number> {
  const { printer, words } = session;
  const bench = await session.open();
  const entry = findEntry(session, await bench.catalogue(), name);
  const feed = as ?? entry.name;
  if (!isFeedName(feed)) throw new Fault("usage", words.feedName(feed));
  const file = configFileOf(session, bench.dataDir);
  const enabled = enable === true;
  await writeFeed(file, feed, { ...entry, definition: { ...entry.definition, enabled } });
  if (json) printer.json({ feed, file, enabled, needs: entry.needs });
  else {
    printer.line(words.feeds.added(feed, file));
    printNeeds(session, entry);
    printer.line(enabled ? words.feeds.atWork : words.feeds.atRest);
  }
  return exitCodes.ok;
}

/** Writes beside the file, and puts that in its place: it is never there by half. */
async function writeFeed(file: string, feed: string, entry: CatalogueEntry): Promise<void> {
  const before = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Fault("not-initialised", `there is no ${file}; run "tocsin init" first`, { cause });
  });
  const remarks = [
    `${entry.title}.`,
    `Documentation: ${entry.documentation}.`,
    ...entry.needs.map(({ key, says }) => `Fill in ${key}: ${says}.`),
  ];
  const after = addFeed(before, feed, entry.definition, remarks);
  parseConfig(after, file);
  try {
    const { mode } = await stat(file);
    await writeFile(`${file}.new`, after, { mode });
    await rename(`${file}.new`, file);
  } catch (cause) {
    throw new Fault("output-unwritable", `${file} cannot be written`, { cause });
  }
}

function findEntry(
  { words }: Session,
  all: readonly CatalogueEntry[],
  name: string,
): CatalogueEntry {
  const entry = all.find((of) => of.name === name);
  if (entry) return entry;
  throw new Fault("feed-unknown", words.feeds.noEntry(name));
}

function printAll({ printer, words }: Session, entries: readonly CatalogueEntry[]): void {
  const t = words.feeds;
  printer.table(
    [{ title: t.feed }, { title: "TLP" }, { title: t.title }],
    entries.map(({ name, definition, title }) => [name, String(definition["tlp"]), title]),
  );
  printer.line(t.seeAdd);
}

function printOne(session: Session, entry: CatalogueEntry): void {
  const { printer, words } = session;
  printer.heading(`${entry.name}: ${entry.title}`);
  printer.line(words.feeds.documentation(entry.documentation));
  printer.line();
  const text = addFeed("", entry.name, entry.definition, []);
  for (const line of text.trimEnd().split("\n")) printer.line(`  ${line}`);
  printer.line();
  printNeeds(session, entry);
  printer.line(words.feeds.seeAdd);
}

function printNeeds({ printer, words }: Session, { needs }: CatalogueEntry): void {
  const t = words.feeds;
  if (needs.length === 0) return printer.line(t.nothingToFill);
  printer.heading(t.fillIn);
  for (const { key, says } of needs) printer.line(`  ${t.check(key, says)}`);
}
