import { resolve } from "node:path";
import { confirm, isCancel } from "@clack/prompts";
import type { Command } from "commander";
import { importDirectory, previewImport } from "../../app/alerting/index.ts";
import type { CaseStore } from "../../app/case-ports.ts";
import { Fault } from "../../core/fault.ts";
import { actorOf } from "../actor.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { readCountry } from "../institution/edit-options.ts";
import { printChanges } from "../institution/print-changes.ts";
import { importAnswer } from "../institution/views.ts";
import type { Session } from "../session.ts";
import type { ReadContacts } from "../workbench.ts";

interface ImportFlags {
  readonly source?: string;
  readonly countries?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `tocsin institution import FORMAT [FILES...]` */
export function institutionImportCommand(host: CommandHost): Command {
  const t = host.words.institution;
  return host
    .command("import", t.import)
    .argument("<format>", t.format)
    .argument("[files...]", t.files)
    .option("--source <name>", t.source)
    .option("--countries <countries>", t.countries)
    .option("--dry-run", t.dryRun)
    .option("--yes", t.yes)
    .addOption(host.jsonOption())
    .action(host.act<ImportFlags>(run));
}

async function run(
  session: Session,
  flags: ImportFlags,
  [format = "", ...files]: readonly string[],
): Promise<number> {
  const { source, countries, dryRun = false, yes = false, json = false } = flags;
  const bench = await session.open();
  const read = await (
    await bench.contacts()
  ).read(
    format,
    files.map((file) => resolve(file)),
    {
      ...(source === undefined ? {} : { source }),
      ...(countries === undefined
        ? {}
        : { countries: countries.split(",").map((it) => readCountry(it.trim(), session.words)) }),
    },
  );
  const cases = await bench.cases();
  if (json) await answerInJson(session, cases, read, { dryRun, yes });
  else await show(session, cases, read, { dryRun, yes });
  return read.reading.refused.length > 0 ? exitCodes.partial : exitCodes.ok;
}

interface Wish {
  readonly dryRun: boolean;
  readonly yes: boolean;
}

async function answerInJson(
  session: Session,
  cases: CaseStore,
  read: ReadContacts,
  { dryRun, yes }: Wish,
): Promise<void> {
  if (!dryRun && !yes) throw new Fault("usage", session.words.institution.needsYes);
  const changes = dryRun
    ? await previewImport(cases, read.reading, read)
    : await apply(session, cases, read);
  session.printer.json(importAnswer(read, changes, !dryRun));
}

/** Shows what would change; and does it if that is wanted, or agreed to at a terminal. */
async function show(
  session: Session,
  cases: CaseStore,
  read: ReadContacts,
  { dryRun, yes }: Wish,
): Promise<void> {
  const { printer, words } = session;
  const changes = await previewImport(cases, read.reading, read);
  printChanges(session, read, changes);
  if (changes.length === 0) return;
  if (dryRun || !(yes || (await agreed(session)))) return printer.line(words.institution.notDone);
  await apply(session, cases, read);
  printer.line(words.institution.done);
}

/** Applies what was read. */
export async function apply(session: Session, cases: CaseStore, read: ReadContacts) {
  const doing = { actor: actorOf(session), at: session.around.now().toISOString() };
  return importDirectory(cases, read.reading, read, doing);
}

async function agreed({ around, words }: Session): Promise<boolean> {
  if (around.stdin.isTTY !== true) throw new Fault("usage", words.institution.needsYes);
  const answer = await confirm({
    message: words.institution.askImport,
    initialValue: false,
    input: around.stdin,
    output: around.stderr,
  });
  return !isCancel(answer) && answer;
}
