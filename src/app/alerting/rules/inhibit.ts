import { Fault } from "../../../core/fault.ts";
import { canonicalValue } from "../../../core/institution/index.ts";
import { isKind } from "../../../core/taxonomy/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseSession, CaseStore, Inhibition } from "../../case-ports.ts";
import type { Doing } from "../directory/change-directory.ts";

/** What somebody wants not to be alerted. */
export interface InhibitionWish {
  /** A network or address, `AS64500`, a domain, `institution:ID` or `threat:KIND/FAMILY`. */
  readonly what: string;
  readonly reason: string;
  readonly until: Instant;
}

/** Inhibits alerts until a date. Throws Fault `usage` if the wish makes no sense, `institution-unknown` for an unknown institution. */
export async function addInhibition(
  cases: CaseStore,
  wish: InhibitionWish,
  { actor, at }: Doing,
): Promise<Inhibition> {
  if (wish.reason.trim() === "") throw new Fault("usage", "an inhibition needs a reason");
  if (wish.until <= at) throw new Fault("usage", `${wish.until} is over already`);
  return cases.write(async (session) => {
    const what = await canonicalWhat(session, wish.what.trim());
    const number = await session.nextNumber("inhibitions");
    const id = `N-${String(number).padStart(6, "0")}`;
    const after = { id, what, reason: wish.reason.trim(), by: actor, since: at, until: wish.until };
    await session.putInhibition(after);
    await session.audit({
      at,
      actor,
      action: "inhibition.added",
      subject: `inhibition:${id}`,
      after,
    });
    return after;
  });
}

/** The inhibitions that hold at a moment, the soonest to end first. */
export async function listInhibitions(cases: CaseStore, now: Instant): Promise<Inhibition[]> {
  const all = await cases.read((session) => session.inhibitions(now));
  return all.toSorted((one, other) => (one.until < other.until ? -1 : 1));
}

/** Ends an inhibition before its time. Throws Fault `inhibition-unknown`. */
export async function removeInhibition(
  cases: CaseStore,
  id: string,
  { actor, at }: Doing,
): Promise<Inhibition> {
  return cases.write(async (session) => {
    const before = (await session.inhibitions(at)).find((it) => it.id === id);
    if (before === undefined) throw new Fault("inhibition-unknown", `there is no inhibition ${id}`);
    await session.removeInhibition(id);
    await session.audit({
      at,
      actor,
      action: "inhibition.removed",
      subject: `inhibition:${id}`,
      before,
    });
    return before;
  });
}

/** In the one form by which findings are compared. */
async function canonicalWhat(session: CaseSession, what: string): Promise<string> {
  if (what.startsWith("institution:")) {
    const id = what.slice("institution:".length);
    if ((await session.institution(id)) !== undefined) return what;
    throw new Fault("institution-unknown", `there is no institution ${id}`);
  }
  if (what.startsWith("threat:")) {
    if (isKind(what.slice("threat:".length).split("/", 1)[0]!)) return what;
    throw new Fault("usage", `${what} names no kind of threat, such as threat:c2-server/zeus`);
  }
  if (/^AS\d+$/i.test(what)) {
    const asn = canonicalValue("asn", what);
    if (asn !== undefined) return `AS${asn}`;
  }
  const found = canonicalValue("cidr", what) ?? canonicalValue("domain", what);
  if ((found !== undefined && found.includes(".")) || found?.includes(":")) return found;
  throw new Fault(
    "usage",
    `"${what}" is no network, AS number, domain, institution:ID or threat:KIND/FAMILY`,
  );
}
