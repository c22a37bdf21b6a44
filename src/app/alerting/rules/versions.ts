import { Fault } from "../../../core/fault.ts";
import type { CaseSession, CaseStore, RulesVersion } from "../../case-ports.ts";
import type { Doing } from "../directory/change-directory.ts";
import type { ReadRules } from "./routing-place.ts";

/** Saves rules; the same text is the same version. Throws Fault `rules-invalid` and saves nothing if they have a mistake. */
export async function saveRules(
  cases: CaseStore,
  text: string,
  name: string,
  readRules: ReadRules,
  { actor, at }: Doing,
): Promise<RulesVersion> {
  const { version } = readRules(text, name);
  return cases.write(async (session) => {
    const known = await findVersion(session, version);
    if (known !== undefined) return known;
    const saved = { version, text, savedAt: at, triedAt: null, activatedAt: null };
    await session.putRules(saved);
    await session.audit({
      at,
      actor,
      action: "rules.saved",
      subject: subjectOf(version),
      after: { name },
    });
    return saved;
  });
}

/** All versions, the newest first. */
export async function listRules(cases: CaseStore): Promise<RulesVersion[]> {
  const versions = await cases.read((session) => session.rulesVersions());
  return versions.toSorted((one, other) => (one.savedAt < other.savedAt ? 1 : -1));
}

/** One version, or the one in force; `undefined` if none is and none is named. Throws Fault `rules-unknown`. */
export async function showRules(
  cases: CaseStore,
  version: string | undefined,
): Promise<RulesVersion | undefined> {
  return cases.read((session) =>
    version === undefined ? session.activeRules() : requireVersion(session, version),
  );
}

/** Puts a version in force in place of the one that is. Throws Fault `rules-unknown`, and `rules-not-tried` without a dry run. */
export async function activateRules(
  cases: CaseStore,
  version: string,
  { actor, at }: Doing,
): Promise<RulesVersion> {
  return cases.write(async (session) => {
    const wanted = await requireVersion(session, version);
    if (wanted.triedAt === null)
      throw new Fault("rules-not-tried", `${wanted.version} was never tried dry`);
    const before = await session.activeRules();
    const active = { ...wanted, activatedAt: at };
    await session.putRules(active);
    await session.audit({
      at,
      actor,
      action: "rules.activated",
      subject: subjectOf(active.version),
      before: before === undefined ? null : { version: before.version },
      after: { version: active.version },
    });
    return active;
  });
}

/** Notes that a version was tried dry, and what came of it. */
export async function noteTrial(
  cases: CaseStore,
  version: string,
  outcome: object,
  { actor, at }: Doing,
): Promise<void> {
  await cases.write(async (session) => {
    const tried = { ...(await requireVersion(session, version)), triedAt: at };
    await session.putRules(tried);
    await session.audit({
      at,
      actor,
      action: "rules.tried",
      subject: subjectOf(tried.version),
      after: outcome,
    });
  });
}

/** The version of this name, or the only one that begins so. */
async function requireVersion(session: CaseSession, name: string): Promise<RulesVersion> {
  const versions = await session.rulesVersions();
  const fitting = versions.filter(({ version }) => name !== "" && version.startsWith(name));
  if (fitting.length === 1) return fitting[0]!;
  throw new Fault(
    "rules-unknown",
    fitting.length === 0
      ? `there are no rules ${name}`
      : `more than one version begins with ${name}`,
  );
}

async function findVersion(session: CaseSession, name: string): Promise<RulesVersion | undefined> {
  return (await session.rulesVersions()).find(({ version }) => version === name);
}

const subjectOf = (version: string): string => `rules:${version}`;
