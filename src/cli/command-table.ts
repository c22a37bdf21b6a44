import type { Command } from "commander";
import type { CommandHost } from "./command-host.ts";

type Make = (host: CommandHost) => Command;

/** Every command; its code is loaded when it runs. In the order of the help. */
const COMMANDS = {
  init: () => import("./commands/init.ts").then((it) => it.initCommand),
  demo: () => import("./commands/demo.ts").then((it) => it.demoCommand),
  doctor: () => import("./commands/doctor.ts").then((it) => it.doctorCommand),
  ingest: () => import("./commands/ingest.ts").then((it) => it.ingestCommand),
  collect: () => import("./commands/collect.ts").then((it) => it.collectCommand),
  quarantine: () => import("./commands/quarantine.ts").then((it) => it.quarantineCommand),
  batches: () => import("./commands/batches.ts").then((it) => it.batchesCommand),
  situation: () => import("./commands/situation.ts").then((it) => it.situationCommand),
  rank: () => import("./commands/rank.ts").then((it) => it.rankCommand),
  origin: () => import("./commands/address.ts").then((it) => it.originCommand),
  victim: () => import("./commands/address.ts").then((it) => it.victimCommand),
  export: () => import("./commands/export.ts").then((it) => it.exportCommand),
  location: () => import("./commands/location.ts").then((it) => it.locationCommand),
  feeds: () => import("./commands/feeds.ts").then((it) => it.feedsCommand),
  run: () => import("./commands/run.ts").then((it) => it.runCommand),
  incident: () => import("./commands/incident.ts").then((it) => it.incidentCommand),
  alert: () => import("./commands/alert.ts").then((it) => it.alertCommand),
  outbox: () => import("./commands/outbox.ts").then((it) => it.outboxCommand),
  task: () => import("./commands/task.ts").then((it) => it.taskCommand),
  answer: () => import("./commands/answer.ts").then((it) => it.answerCommand),
  route: () => import("./commands/route.ts").then((it) => it.routeCommand),
  rules: () => import("./commands/rules.ts").then((it) => it.rulesCommand),
  inhibit: () => import("./commands/inhibit.ts").then((it) => it.inhibitCommand),
  institution: () => import("./commands/institution.ts").then((it) => it.institutionCommand),
  key: () => import("./commands/key.ts").then((it) => it.keyCommand),
} satisfies Record<string, () => Promise<Make>>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

/** The names of all commands. */
export const commandNames = Object.keys(COMMANDS) as CommandName[];

/** Loads a command. */
export async function loadCommand(name: CommandName, host: CommandHost): Promise<Command> {
  const make = await COMMANDS[name]();
  return make(host);
}
