/** The alerting of the demo: everything as it is in earnest, but for the clock, the institutions, and the server that takes the mail. */
import type { AddressInfo } from "node:net";
import type { Rehearsal, RehearsalPlan, Workbench } from "../../cli/index.ts";
import {
  activateRules,
  approveAll,
  changeDirectory,
  dryRun,
  fireTimers,
  followFindings,
  release,
  type Placed,
  saveRules,
} from "../../app/alerting/index.ts";
import type { CaseSession, CaseStore } from "../../app/case-ports.ts";
import type { Alert } from "../../core/alert/index.ts";
import { type Config, parseRules } from "../../config/index.ts";
import { later, spans } from "../../core/time/index.ts";
import { type AlertingBench, AlertingKit } from "./alerting-kit.ts";

const PLACE = "the rules that ship";
/** Nothing is stale: the replay is taken as if it had come in day by day. */
const NEVER_STALE = 100_000;
/** First contact needs two people's yes. */
const APPROVERS = ["first-analyst", "second-analyst"];
/** Whoever lets an alert go does not count among those who say yes to it. */
const RELEASER = "shift-lead";
const PAGE = 500;

/** Alerts everybody whom the shipped rules name, over a real mail server of our own on loopback. What was done before is not done again. */
export async function rehearse(
  bench: Workbench,
  plan: RehearsalPlan,
  onPlaced: (placed: Placed) => void,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const sink = await openSink();
  let now = plan.now;
  const kit = new AlertingKit(withSink(bench, sink.port), () => now, NEVER_STALE);
  try {
    const cases = await bench.cases();
    await setUp(bench, cases, plan);
    const { findings } = await bench.store();
    const following = { cases, findings, happening: kit.happening, now: () => now };
    const placed = await followFindings(following, signal, onPlaced);
    await approveEverything(kit, cases, plan.now);
    // The web sites' alerts wait half an hour for more of the same.
    now = later(plan.now, spans.hour);
    await fireTimers(await kit.composing(), signal);
    await kit.sendDue(signal);
    return { placed, received: sink.received(), ...(await cases.read(summarise)) };
  } finally {
    await sink.close();
  }
}

/** The configuration of a trial: in the name of nobody, to a server on this machine, and to domains that do not exist. */
function withSink(bench: Workbench, port: number): AlertingBench {
  const config: Config = {
    ...bench.config,
    alerting: {
      team: {
        name: "Tocsin demo",
        nameZh: "Tocsin 演示",
        ticketPrefix: "TC",
        from: "demo@tocsin.invalid",
        replyTo: "demo@tocsin.invalid",
        phone: "",
      },
      secretFile: `${bench.dataDir}/alerting.secret`,
      ownNetworks: [],
      onlyDomains: ["demo.invalid"],
      smtp: {
        host: "127.0.0.1",
        port,
        security: "none",
        connections: 4,
        timeoutSeconds: 60,
      },
      signing: {},
      fourEyesFrom: "amber",
    },
  };
  return { config, cases: () => bench.cases(), store: () => bench.store() };
}

/** Enters the institutions and puts the shipped rules in force, as an operator does: tried dry first. */
async function setUp(bench: Workbench, cases: CaseStore, plan: RehearsalPlan): Promise<void> {
  if ((await cases.read((session) => session.activeRules())) !== undefined) return;
  const doing = { actor: "demo", at: plan.now };
  await cases.write((session) => changeDirectory(session, plan.directory, doing));
  const { version } = await saveRules(cases, await bench.shippedRules(), PLACE, parseRules, doing);
  const rules = parseRules(await bench.shippedRules(), PLACE);
  const place = { home: bench.config.home, ownNetworks: [] };
  const { findings } = await bench.store();
  await findings.fold();
  const findingsSince = (seenSince: string) => findings.select({ seenSince });
  await dryRun(
    cases,
    { rules, since: later(plan.now, -30 * spans.day), place, findingsSince },
    doing,
  );
  await activateRules(cases, version, doing);
}

/** Two people say yes to everything; what is above the rules' cap for a run a third lets go first, which spares one of the two. */
async function approveEverything(kit: AlertingKit, cases: CaseStore, now: string): Promise<void> {
  const desk = (by: string) => ({ cases, happening: kit.happening, by, now: () => now });
  for (const { id } of await inState(cases, "held")) await release(desk(RELEASER), id);
  for (const by of APPROVERS) {
    const waiting = await inState(cases, "awaiting-approval");
    await approveAll(
      desk(by),
      waiting.map(({ id }) => id),
    );
  }
}

/** All alerts in a state. */
async function inState(cases: CaseStore, state: "held" | "awaiting-approval"): Promise<Alert[]> {
  return cases.read((session) => session.alerts({ state, limit: 1_000_000 }));
}

/** What the cases say of who was told what. */
async function summarise(session: CaseSession): Promise<Omit<Rehearsal, "placed" | "received">> {
  const delivered = new Set<string>();
  const told = new Map<string, Set<string>>();
  let alerts = 0;
  for (let before: string | undefined; ;) {
    const page = await session.alerts({ limit: PAGE, ...(before && { before }) });
    for (const alert of page) {
      if (alert.life.firstSentAt === null) continue;
      alerts++;
      delivered.add(alert.institution);
      await addAssets(session, alert.incident, alert.institution, told);
    }
    if (page.length < PAGE) break;
    before = page.at(-1)!.id;
  }
  return { alerts, institutions: delivered.size, told };
}

/** The C2 servers that an institution was told of, by their addresses. */
async function addAssets(
  session: CaseSession,
  incident: string,
  institution: string,
  told: Map<string, Set<string>>,
): Promise<void> {
  const assets = told.get(institution) ?? new Set();
  told.set(institution, assets);
  for (let offset = 0; ; offset += PAGE) {
    const page = await session.findingsOf(incident, { offset, limit: PAGE });
    for (const { asset, side, kind } of page)
      if (side === "origin" && kind === "c2-server") assets.add(asset);
    if (page.length < PAGE) return;
  }
}

interface Sink {
  readonly port: number;
  received(): number;
  close(): Promise<void>;
}

/** A mail server on loopback that takes everything and keeps nothing. */
async function openSink(): Promise<Sink> {
  const { SMTPServer } = await import("smtp-server");
  let received = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, done) {
      stream.resume();
      stream.on("end", () => {
        received++;
        done(null, "taken");
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received: () => received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
