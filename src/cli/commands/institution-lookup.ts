import type { Command } from "commander";
import { type InstitutionView, previewImport, whoAnswers } from "../../app/alerting/index.ts";
import { Fault } from "../../core/fault.ts";
import { canonicalValue, type Hit, type Subject } from "../../core/institution/index.ts";
import { addressFromText, addressText } from "../../core/network/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { printChanges } from "../institution/print-changes.ts";
import { printContacts } from "../institution/print-view.ts";
import { contactAnswer, importAnswer } from "../institution/views.ts";
import type { Session } from "../session.ts";
import type { ReadContacts, Workbench } from "../workbench.ts";
import { apply } from "./institution-import.ts";

interface LookupFlags {
  readonly rdap?: boolean;
  readonly securityTxt?: boolean;
  readonly save?: boolean;
  readonly json?: boolean;
}

/** `tocsin institution lookup SUBJECT`; only `--rdap` and `--security-txt` use the network. */
export function institutionLookupCommand(host: CommandHost): Command {
  const t = host.words.institution;
  return host
    .command("lookup", t.lookup)
    .argument("<subject>", t.subject)
    .option("--rdap", t.rdap)
    .option("--security-txt", t.securityTxt)
    .option("--save", t.save)
    .addOption(host.jsonOption())
    .action(host.act<LookupFlags>(lookup));
}

async function lookup(
  session: Session,
  flags: LookupFlags,
  [text = ""]: readonly string[],
): Promise<number> {
  const { printer } = session;
  const subject = readSubject(session, text);
  const bench = await session.open();
  const cases = await bench.cases();
  const answers: object[] = [];
  for (const read of await askNetwork(session, bench, subject, flags)) {
    const preview = flags.save
      ? apply(session, cases, read)
      : previewImport(cases, read.reading, read);
    const changes = await preview;
    if (flags.json) answers.push(importAnswer(read, changes, flags.save === true));
    else {
      printer.heading(session.words.institution.found(read.source));
      printChanges(session, read, changes);
    }
  }
  const found = await whoAnswers(cases, subject, session.around.now().toISOString());
  if (flags.json) printer.json({ subject: text, answers: found.map(answerOf), network: answers });
  else print(session, found);
  return exitCodes.ok;
}

/** What the network says; each question is announced. */
async function askNetwork(
  session: Session,
  bench: Workbench,
  subject: Subject,
  { rdap, securityTxt }: LookupFlags,
): Promise<ReadContacts[]> {
  const { printer, signal, words } = session;
  const t = words.institution;
  const { host, address } = subject;
  const text = host ?? address ?? `AS${subject.asn}`;
  const found: ReadContacts[] = [];
  if (securityTxt && host === undefined) throw new Fault("usage", t.hostOnly(text));
  if (rdap) {
    printer.remark(t.asks(t.registry));
    found.push(await (await bench.contacts()).askRegistry(text, signal));
  }
  if (securityTxt && host !== undefined) {
    printer.remark(t.asks(t.site(host)));
    found.push(await (await bench.contacts()).askSite(host, signal));
  }
  return found;
}

function readSubject({ words }: Session, text: string): Subject {
  const unknown = { asn: 0, country: "", sector: "" };
  const address = addressFromText(text);
  if (address !== undefined) return { ...unknown, address: addressText(address) };
  if (/^as\d+$/i.test(text) && canonicalValue("asn", text) !== undefined)
    return { ...unknown, asn: Number(canonicalValue("asn", text)) };
  const host = canonicalValue("domain", text);
  if (host?.includes(".")) return { ...unknown, host };
  throw new Fault("usage", words.institution.badSubject(text));
}

interface Found {
  readonly hit: Hit;
  readonly view: InstitutionView;
}

function answerOf({ hit, view }: Found) {
  const { kind, value, manual, source, institution } = hit;
  const { name } = view.institution;
  return {
    kind,
    value,
    manual,
    source,
    institution,
    name,
    contacts: view.contacts.map(contactAnswer),
  };
}

function print(session: Session, found: readonly Found[]): void {
  const { printer, words } = session;
  const t = words.institution;
  if (found.length === 0) return printer.line(t.nobody);
  for (const { hit, view } of found) {
    printer.heading(`${hit.institution}: ${view.institution.name}`);
    printer.line(
      `  ${t.columns.because}: ${hit.kind} ${hit.value}, ${hit.manual ? t.byHand : hit.source}`,
    );
    printContacts(session, view.contacts);
  }
}
