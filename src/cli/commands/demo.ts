import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { printReplay, printThreatfox } from "../demo/print-demo.ts";
import { type ReplayOutcome, runReplay } from "../demo/run-replay.ts";
import { runThreatfox, type ThreatfoxOutcome } from "../demo/run-threatfox.ts";
import { exitCodes } from "../exit-codes.ts";
import { readHome } from "../question.ts";
import type { Session } from "../session.ts";

interface Options {
  readonly scale: string;
  readonly seed: string;
  readonly home: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

const SMALLEST = 100_000;

/** `tocsin demo` */
export function demoCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  return host
    .command("demo", commands.demo)
    .option("--scale <n>", options.scale, "100")
    .option("--seed <word>", options.seed, "jan-may-2013")
    .option("--home <countries>", options.demoHome, "CN")
    .option("--fresh", options.fresh)
    .addOption(host.jsonOption())
    .action(host.act<Options>(runDemo));
}

async function runDemo(session: Session, asked: Options): Promise<number> {
  const { scale, seed, home } = readOptions(session, asked);
  const folder = join(session.dataDir, `demo-${scale}-${seed}`);
  if (asked.fresh) await rm(folder, { recursive: true, force: true });
  const replay = await runReplay(session, { folder, scale, seed });
  if (!asked.json) printReplay(session, replay);
  await session.close();
  const threatfox = await runThreatfox(session, folder, home);
  if (asked.json) session.printer.json(demoJson(replay, threatfox));
  else {
    printThreatfox(session, threatfox);
    session.printer.line();
    session.printer.line(session.words.demo.next);
  }
  const right = replay.comparison.differences.length === 0 && replay.alerts.equal;
  return right ? exitCodes.ok : exitCodes.failure;
}

function readOptions({ words }: Session, { scale, seed, home }: Options) {
  const number = Number(scale);
  if (!/^\d+$/.test(scale) || number < 1 || number > SMALLEST)
    throw new Fault("usage", words.demo.badScale);
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(seed)) throw new Fault("usage", words.demo.badSeed);
  return { scale: number, seed, home: readHome(home, []) };
}

function demoJson(
  { dataDir, truth, counted, comparison, situation, alerts }: ReplayOutcome,
  threatfox: ThreatfoxOutcome,
) {
  const { fields, differences } = comparison;
  return {
    replay: {
      dataDir,
      truth,
      counted,
      equal: differences.length === 0,
      fields,
      differences,
      situation,
      alerts,
    },
    threatfox,
  };
}
