import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import {
  dryRun,
  rulesInForce,
  type RoutingPlace,
  SHIPPED,
  saveRules,
  showRules,
} from "../../app/alerting/index.ts";
import type { CaseStore } from "../../app/case-ports.ts";
import { parseRules } from "../../config/index.ts";
import { Fault, isFault } from "../../core/fault.ts";
import type { RoutingRules } from "../../core/routing/index.ts";
import { actorOf } from "../actor.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { placeOf } from "../routing/place.ts";
import { printDryRun } from "../routing/print-dry-run.ts";
import { readMoment } from "../routing/read-moment.ts";
import type { Session } from "../session.ts";

interface Flags {
  readonly since: string;
  readonly json?: boolean;
}

/** `tocsin rules dry-run [FILE|VERSION]`: sends nothing. */
export function rulesDryRunCommand(host: CommandHost): Command {
  const { rules } = host.words.routing;
  return host
    .command("dry-run", rules.dryRun)
    .argument("[rules]", rules.fileOrVersion)
    .option("--since <since>", rules.since, "30d")
    .addOption(host.jsonOption())
    .action(host.act<Flags>(run));
}

async function run(session: Session, flags: Flags, [asked]: readonly string[]): Promise<number> {
  const since = readMoment(session, "--since", flags.since, "before");
  const bench = await session.open();
  const cases = await bench.cases();
  const place = await placeOf(bench);
  const rules = await rulesAsked(session, cases, place, asked);
  const { findings } = await bench.store();
  await findings.fold();
  const report = await dryRun(
    cases,
    { rules, since, place, findingsSince: (seenSince) => findings.select({ seenSince }) },
    doing(session),
  );
  if (flags.json) session.printer.json(report);
  else {
    printDryRun(session, report);
    const active = await showRules(cases, undefined);
    if (active?.version !== report.version) {
      session.printer.line();
      session.printer.line(session.words.routing.rules.next(report.version));
    }
  }
  return exitCodes.ok;
}

/** The rules of a file, which are saved; of a version; or those in force. While none are, those that ship are saved. */
async function rulesAsked(
  session: Session,
  cases: CaseStore,
  place: RoutingPlace,
  asked: string | undefined,
): Promise<RoutingRules> {
  const save = async (text: string, name: string): Promise<RoutingRules> => {
    await saveRules(cases, text, name, parseRules, doing(session));
    return parseRules(text, name);
  };
  if (asked === undefined) {
    const { rules, inForce } = await cases.read((inside) => rulesInForce(inside, place));
    return inForce ? rules : save(place.shippedRules, SHIPPED);
  }
  const text = await readFile(asked, "utf8").catch(() => undefined);
  if (text !== undefined) return save(text, asked);
  const saved = await showRules(cases, asked).catch((cause: unknown) => {
    if (!isFault(cause, "rules-unknown")) throw cause;
    throw new Fault("rules-unknown", session.words.routing.rules.unreadable(asked), { cause });
  });
  return parseRules(saved!.text, saved!.version);
}

function doing(session: Session): { actor: string; at: string } {
  return { actor: actorOf(session), at: session.around.now().toISOString() };
}
