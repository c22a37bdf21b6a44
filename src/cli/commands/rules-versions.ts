import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { activateRules, listRules, showRules } from "../../app/alerting/index.ts";
import type { RulesVersion } from "../../app/case-ports.ts";
import { parseRules } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import { actorOf } from "../actor.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import type { Session } from "../session.ts";

interface Flags {
  readonly json?: boolean;
}

/** `tocsin rules check FILE` */
export function rulesCheckCommand(host: CommandHost): Command {
  const { rules } = host.words.routing;
  return host
    .command("check", rules.check)
    .argument("<file>", rules.file)
    .addOption(host.jsonOption())
    .action(host.act<Flags>(check));
}

/** `tocsin rules show [VERSION]` */
export function rulesShowCommand(host: CommandHost): Command {
  const { rules } = host.words.routing;
  return host
    .command("show", rules.show)
    .argument("[version]", rules.version)
    .addOption(host.jsonOption())
    .action(host.act<Flags>(show));
}

/** `tocsin rules list` */
export function rulesListCommand(host: CommandHost): Command {
  return host
    .command("list", host.words.routing.rules.list)
    .addOption(host.jsonOption())
    .action(host.act<Flags>(list));
}

/** `tocsin rules activate VERSION` */
export function rulesActivateCommand(host: CommandHost): Command {
  const { rules } = host.words.routing;
  return host
    .command("activate", rules.activate)
    .argument("<version>", rules.version)
    .addOption(host.jsonOption())
    .action(host.act<Flags>(activate));
}

async function check(
  { printer, words }: Session,
  { json }: Flags,
  [path = ""]: readonly string[],
): Promise<number> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Fault("input-unreadable", words.routing.rules.unreadable(path), { cause });
  });
  const { version, rules } = parseRules(text, path);
  const t = words.routing.rules;
  if (json) printer.json({ version, rules: rules.map(({ name }) => name) });
  else printer.line(t.fine(t.rulesCount(countText(rules.length), rules.length === 1), version));
  return exitCodes.ok;
}

async function show(
  session: Session,
  { json }: Flags,
  [version]: readonly string[],
): Promise<number> {
  const bench = await session.open();
  const saved = await showRules(await bench.cases(), version);
  const text = saved?.text ?? (await bench.shippedRules());
  if (json) session.printer.json({ ...(saved ? answerOf(saved) : SHIPPED_ANSWER), text });
  else {
    if (saved === undefined) session.printer.remark(session.words.routing.rules.notInForce);
    session.printer.line(text.trimEnd());
  }
  return exitCodes.ok;
}

async function list(session: Session, { json }: Flags): Promise<number> {
  const { printer, words } = session;
  const { columns, rules: t } = words.routing;
  const versions = await listRules(await (await session.open()).cases());
  if (json) printer.json({ versions: versions.map(answerOf) });
  else if (versions.length === 0) printer.line(t.none);
  else
    printer.table(
      [columns.version, columns.saved, columns.tried, columns.state].map((title) => ({ title })),
      versions.map(({ version, savedAt, triedAt, activatedAt }) => [
        version,
        savedAt,
        triedAt ?? "-",
        activatedAt === null ? "" : t.inForce,
      ]),
    );
  return exitCodes.ok;
}

async function activate(
  session: Session,
  { json }: Flags,
  [version = ""]: readonly string[],
): Promise<number> {
  const cases = await (await session.open()).cases();
  const at = session.around.now().toISOString();
  const active = await activateRules(cases, version, { actor: actorOf(session), at });
  if (json) session.printer.json(answerOf(active));
  else session.printer.line(session.words.routing.rules.activated(active.version));
  return exitCodes.ok;
}

/** The rules that ship are no version: nobody saved them. */
const SHIPPED_ANSWER = { version: "shipped", savedAt: null, triedAt: null, activatedAt: null };

function answerOf({ version, savedAt, triedAt, activatedAt }: RulesVersion) {
  return { version, savedAt, triedAt, activatedAt };
}
