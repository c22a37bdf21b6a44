import { statfs } from "node:fs/promises";
import { needsCare } from "../app/feed-watch.ts";
import type { ObservationStore } from "../app/ports.ts";
import { Fault } from "../core/fault.ts";
import { mendOf, sayWhy } from "./feed-state.ts";
import { bytesText, countText } from "./numbers.ts";
import type { Session } from "./session.ts";
import { configFileOf } from "./set-up.ts";
import type { LocationInfo, Workbench } from "./workbench.ts";

/** A problem and what mends it. */
export interface Problem {
  readonly code: string;
  readonly says: string;
  readonly mend: string;
}

/** What an examination found. */
export interface Findings {
  readonly problems: Problem[];
  readonly store: { observations: number; bytes: number; batches: number } | null;
}

const OLDEST_TABLE_DAYS = 90;
const LEAST_FREE_BYTES = 2e9;

/** Examines a data directory; a check that cannot be made is a problem itself. */
export async function examine(session: Session): Promise<Findings> {
  const problems: Problem[] = [...nodeProblems(session)];
  let store: Findings["store"] = null;
  try {
    const bench = await session.open();
    if (bench.config.home.length === 0)
      return { problems: [...problems, notSetUp(session)], store };
    problems.push(...reservedProblems(session, bench));
    problems.push(...locationProblems(session, await bench.location()));
    problems.push(...(await diskProblems(session)));
    const opened = await bench.store();
    store = await opened.size();
    problems.push(...(await feedProblems(session, bench)));
    problems.push(...(await unreadProblems(session, bench)));
    problems.push(...(await quarantineProblems(session, opened)));
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    problems.push(faultProblem(session, thrown));
  }
  return { problems, store };
}

function nodeProblems({ words }: Session): Problem[] {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return [];
  return [{ code: "node-old", says: words.doctor.node(node), mend: words.doctor.mendNode }];
}

function notSetUp({ words, dataDir }: Session): Problem {
  const { doctor } = words;
  return { code: "not-initialised", says: doctor.notInitialised(dataDir), mend: doctor.mendInit };
}

function faultProblem(session: Session, { code, message }: Fault): Problem {
  const { doctor, advice } = session.words;
  if (code === "not-initialised") return notSetUp(session);
  const mends: Partial<Record<string, string>> = advice;
  const mend = code === "config-invalid" ? doctor.mendConfig : (mends[code] ?? doctor.mendStore);
  return { code, says: session.words.fault(code, message), mend };
}

function reservedProblems(session: Session, { config, dataDir }: Workbench): Problem[] {
  const { doctor } = session.words;
  if (config.allowReserved.length === 0) return [];
  return [
    {
      code: "reserved-allowed",
      says: doctor.reserved(config.allowReserved.join(", ")),
      mend: doctor.mendReserved(configFileOf(session, dataDir)),
    },
  ];
}

function locationProblems(
  { words }: Session,
  { name, date, ageDays, starter }: LocationInfo,
): Problem[] {
  const { doctor } = words;
  const mend = doctor.mendLocation;
  if (starter) return [{ code: "location-starter", says: doctor.locationStarter(date), mend }];
  if (ageDays <= OLDEST_TABLE_DAYS) return [];
  return [{ code: "location-old", says: doctor.locationOld(name, countText(ageDays)), mend }];
}

async function diskProblems({ words, dataDir }: Session): Promise<Problem[]> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return [];
  return [
    { code: "disk-low", says: words.doctor.disk(bytesText(free)), mend: words.doctor.mendDisk },
  ];
}

async function feedProblems(session: Session, bench: Workbench): Promise<Problem[]> {
  const { doctor } = session.words;
  const feeds = await bench.feedStatus();
  if (feeds.length === 0)
    return [{ code: "no-feed", says: doctor.noFeed, mend: doctor.mendIngest }];
  return feeds.filter(needsCare).map((feed) => ({
    code: `feed-${feed.state}`,
    says: sayWhy(session, feed),
    mend: mendOf(feed),
  }));
}

async function unreadProblems({ words }: Session, bench: Workbench): Promise<Problem[]> {
  const { doctor } = words;
  return (await bench.feeds())
    .filter(({ unread }) => unread > 0)
    .map(({ feed, unread }) => ({
      code: "unread",
      says: doctor.unread(feed, countText(unread)),
      mend: doctor.mendUnread(feed),
    }));
}

async function quarantineProblems({ words }: Session, store: ObservationStore): Promise<Problem[]> {
  const { doctor } = words;
  const rows = (await store.quarantine.summary()).reduce((sum, entry) => sum + entry.rows, 0);
  if (rows === 0) return [];
  return [
    { code: "quarantine", says: doctor.quarantine(countText(rows)), mend: doctor.mendQuarantine },
  ];
}
