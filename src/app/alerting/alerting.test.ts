import { beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../../test/contract/deliver.ts";
import type { Row } from "../../../test/contract/fixture-rows.ts";
import { at, contact, institution, responsibility } from "../../../test/contract/cases/samples.ts";
import { openMemory, type OpenStore } from "../../../test/contract/stores.ts";
import { rules } from "../../../test/routing-facts.ts";
import { later, spans } from "../../core/time/index.ts";
import { Fault } from "../../core/fault.ts";
import { openMemoryCases } from "../../store/cases-in-memory/index.ts";
import type { CaseSession, CaseStore, Draft } from "../case-ports.ts";
import type { Composing } from "./compose-queued.ts";
import {
  approve,
  approveAll,
  closeIncident,
  type Desk,
  hold,
  release,
  releaseOf,
  sendNow,
} from "./desk.ts";
import { fireTimers } from "./fire-timers.ts";
import { followFindings } from "./follow-findings.ts";
import { happen } from "./happen.ts";
import type { Happening } from "./happening.ts";
import { makeHappening } from "./make-happening.ts";
import { RoutingBook } from "./routing-book.ts";

const never = new AbortController().signal;

let observations: OpenStore;
let cases: CaseStore;
let now: string;
let inForce: ReturnType<typeof rules>;
let drafts: Draft[];

beforeEach(async () => {
  observations = await openMemory(["CN"]);
  cases = openMemoryCases();
  now = at(0);
  inForce = rules();
  drafts = [];
  await cases.write(async (session) => {
    await answer(session, "us-cert", "national-csirt", { kind: "country", value: "US" });
    await answer(session, "hosting", "operator", { kind: "asn", value: "64500" });
    await putRules(session, "1");
  });
});

/** An institution with a contact that may be written to, and what it answers for. */
async function answer(
  session: CaseSession,
  id: string,
  kind: "national-csirt" | "operator" | "upstream",
  of: { kind: "asn" | "country"; value: string },
): Promise<void> {
  await session.changeDirectory([
    { of: "institution", before: null, after: institution({ id, kind }) },
    {
      of: "contact",
      before: null,
      after: contact({
        id: `${id}/1`,
        institution: id,
        address: `${id}@cert.test`,
        hours: null,
        key: null,
      }),
    },
    { of: "responsibility", before: null, after: responsibility({ institution: id, ...of }) },
  ]);
}

/** Puts the rules of the test in force under a version. */
async function putRules(session: CaseSession, version: string): Promise<void> {
  const when = { savedAt: at(0), triedAt: at(0), activatedAt: at(0) };
  await session.putRules({ version, text: version, ...when });
}

const happening = (): Happening =>
  makeHappening({
    book: new RoutingBook({ readRules: () => inForce, home: ["CN"], ownNetworks: [] }),
    canSend: true,
    staleAfterDays: 30,
    ticketPrefix: "TC",
    fourEyesFrom: "amber",
  });

const bot = (more: Partial<Row> = {}): Row => ({
  at: "2013-05-30",
  victim: "192.0.2.1",
  origin: "198.51.100.1",
  family: "zeus",
  ...more,
});

async function come(...rows: Row[]) {
  await deliver(observations.store, "sinkhole", { rows });
  return follow();
}

const follow = () =>
  followFindings(
    { cases, findings: observations.store.findings, happening: happening(), now: () => now },
    never,
  );

/** Composes what is due; the words are another's business. */
const fire = (refuse?: string) => {
  const composing: Composing = {
    cases,
    composer: {
      compose: async (draft) => {
        if (refuse !== undefined) throw new Fault("message-not-allowed", refuse);
        drafts.push(draft);
        const bytes = new TextEncoder().encode(draft.deliveryKey);
        const messageId = `<${draft.deliveryKey}@cert.test>`;
        return { messageId, bytes, tlp: "green", withheld: 0, subject: "", text: "" };
      },
    },
    happening: happening(),
    digest: (bytes) => bytes.join(""),
    now: () => now,
  };
  return fireTimers(composing, never);
};

const desk = (by: string): Desk => ({ cases, happening: happening(), by, now: () => now });
const incidents = () => cases.read((session) => session.incidents({ limit: 100 }));
const alerts = () => cases.read((session) => session.alerts({ limit: 100 }));
const tasks = () => cases.read((session) => session.tasks({ open: true, limit: 100 }));
const messages = () => cases.read((session) => session.messages({ limit: 100 }));

/** Two people say yes to all. */
async function approveEverything(): Promise<void> {
  const waiting = (await alerts()).filter(({ state }) => state.at === "awaiting-approval");
  for (const by of ["li", "wang"])
    await approveAll(
      desk(by),
      waiting.map(({ id }) => id),
    );
}

/** The outbox sent everything that was queued. */
async function sent(): Promise<void> {
  const queued = (await messages()).filter(({ state }) => state.at === "queued");
  await cases.write(async (session) => {
    for (const { deliveryKey, alert } of queued) {
      await session.takeMessage(deliveryKey, now);
      await happen(happening(), session, alert, { type: "sending" }, now);
      await session.setMessageState(deliveryKey, { at: "delivered", on: now, response: "250" }, 1);
      await happen(happening(), session, alert, { type: "delivered", response: "250" }, now);
    }
  });
}

describe("findings that come in", () => {
  it("become an incident and an alert for everybody who is to be told first", async () => {
    const placed = await come(bot(), bot({ origin: "198.51.100.2" }), bot({ victim: "192.0.2.2" }));
    expect(placed).toMatchObject({ fresh: 4, sent: 2, nobody: 2, incidents: 2, alerts: 2 });
    expect((await incidents()).map((it) => [it.institution, it.threat, it.findings])).toEqual(
      expect.arrayContaining([
        ["us-cert", "c2-server/zeus", 2],
        ["hosting", "c2-server/zeus", 2],
      ]),
    );
    expect((await alerts()).map(({ state }) => state.at)).toEqual([
      "awaiting-approval",
      "awaiting-approval",
    ]);
  });

  it("ask once for a contact where nobody answers, however many there are", async () => {
    await come(bot({ origin: "203.0.113.1" }), bot({ origin: "203.0.113.2", family: "other" }));
    const asked = (await tasks()).filter(({ kind }) => kind === "find-contact");
    expect(asked.map(({ subject }) => subject).toSorted()).toEqual(["as:64496", "as:64504"]);
  });

  it("change nothing when they are followed again after a crash", async () => {
    await come(bot());
    const before = [await incidents(), await alerts(), await tasks()];
    await cases.write(async (session) => {
      for (const part of ["urgent", "rest"]) await session.setCursor(`findings-${part}`, "0");
    });
    expect(await follow()).toMatchObject({ fresh: 0, incidents: 0, alerts: 0 });
    expect([await incidents(), await alerts(), await tasks()]).toEqual(before);
  });

  it("join the incident that is open, and open another after its window", async () => {
    await come(bot());
    now = later(now, spans.day);
    await come(bot({ origin: "198.51.100.2", at: "2013-06-01" }));
    expect(await incidents()).toHaveLength(2);
    now = later(now, 30 * spans.day);
    await come(bot({ origin: "198.51.100.3", at: "2013-07-01" }));
    expect(await incidents()).toHaveLength(4);
  });

  it("are kept, and told to nobody, when they are old", async () => {
    const placed = await come(bot({ at: "2013-02-01" }));
    expect(placed).toMatchObject({ findings: 2, stale: 2, incidents: 0 });
    expect(
      await cases.read((session) => session.finding(drafts[0]?.findings[0]?.key ?? "0")),
    ).toBeUndefined();
  });

  it("wait for rules, and go by new ones when these are in force", async () => {
    inForce = rules({ rules: [{ name: "nothing", when: {}, deny: "not yet" }] });
    expect(await come(bot())).toMatchObject({ denied: 2, alerts: 0 });
    inForce = rules();
    await cases.write((session) => putRules(session, "2"));
    expect(await follow()).toMatchObject({ fresh: 0, alerts: 2 });
    expect(await follow()).toMatchObject({ findings: 0 });
  });

  it("are held for a person above the cap of the rules", async () => {
    inForce = rules({ caps: { perRecipientPerDay: 20, perRun: 1 } });
    await come(bot());
    expect((await alerts()).map(({ state }) => state.at).toSorted()).toEqual([
      "awaiting-approval",
      "held",
    ]);
  });
});

describe("an alert", () => {
  it("is composed once two people said yes, and waits for its hour in the outbox", async () => {
    await come(bot());
    const [first] = await alerts();
    await approve(desk("li"), first!.ticket);
    await expect(approve(desk("li"), first!.id)).rejects.toMatchObject({ code: "not-possible" });
    await approve(desk("wang"), first!.id);
    await fire();
    await fire();
    expect((await messages()).map(({ deliveryKey }) => deliveryKey)).toEqual([
      `${first!.id}/alert-1`,
    ]);
    expect((await tasks()).filter(({ kind }) => kind === "approve")).toHaveLength(1);
  });

  it("says only what is new in an update, and nothing without news", async () => {
    await come(bot());
    await approveEverything();
    now = later(now, spans.minute);
    await fire();
    // This one came while the first message was on its way.
    now = later(now, spans.minute);
    await come(bot({ at: "2013-05-31", origin: "198.51.100.9" }));
    now = later(now, spans.minute);
    await sent();
    now = later(now, spans.hour);
    await come(bot({ at: "2013-05-31", origin: "198.51.100.10" }));
    now = later(now, spans.day / 2);
    await fire();
    const updates = drafts.filter(({ message }) => message === "update");
    expect(updates.map(({ findings, total }) => [findings.map((it) => it.asset), total])).toEqual([
      [["198.51.100.9", "198.51.100.10"], 3],
      [["198.51.100.9", "198.51.100.10"], 3],
    ]);
    await sent();
    drafts = [];
    now = later(now, spans.day / 4);
    await fire();
    expect(drafts.filter(({ message }) => message === "update")).toEqual([]);
  });

  it("that may say nothing is held for a person, and comes no further", async () => {
    await come(bot());
    await approveEverything();
    await fire("nothing of it may be told");
    expect((await alerts()).map(({ state }) => state.at)).toEqual(["held", "held"]);
    expect(await messages()).toEqual([]);
    expect(await fire()).toBe(0);
  });

  it("whose contact is gone is held, and stops no other", async () => {
    await come(bot());
    await approveEverything();
    await cases.write(async (session) => {
      const before = (await session.contact("hosting/1"))!;
      await session.changeDirectory([{ of: "contact", before, after: null }]);
    });
    await fire();
    const states = (await alerts()).map((it) => `${it.institution} ${it.state.at}`);
    expect(states.toSorted()).toEqual(["hosting held", "us-cert queued"]);
    expect(await messages()).toHaveLength(1);
  });

  it("of a stricter marking is another alert, with its own approval", async () => {
    await come(bot());
    await come(bot({ origin: "198.51.100.2", tlp: "red" }));
    expect(await incidents()).toHaveLength(2);
    inForce = rules({ csirtFirstFrom: "red" });
    expect((await alerts()).every(({ tlp }) => tlp === "green")).toBe(true);
  });

  it("that nobody could be told goes on when the contact is made sure of", async () => {
    await cases.write(async (session) => {
      const before = (await session.contact("hosting/1"))!;
      const after = { ...before, verified: null };
      await session.changeDirectory([{ of: "contact", before, after }]);
    });
    await come(bot());
    const held = async () => (await alerts()).filter(({ state }) => state.at === "held");
    expect(await held()).toHaveLength(1);
    await cases.write(async (session) => {
      const before = (await session.contact("hosting/1"))!;
      const after = { ...before, verified: { at: at(0), by: "li", how: "phone" } };
      await session.changeDirectory([{ of: "contact", before, after }]);
    });
    expect(await releaseOf(desk("li"), "hosting")).toHaveLength(1);
    expect(await held()).toEqual([]);
  });

  it("that a person or a cap holds is not let go by a contact that is made sure of", async () => {
    inForce = rules({ caps: { perRecipientPerDay: 20, perRun: 1 } });
    await come(bot());
    const states = async () => (await alerts()).map(({ state }) => state.at).toSorted();
    const [waiting] = (await alerts()).filter(({ state }) => state.at === "awaiting-approval");
    await hold(desk("li"), waiting!.id, "not now");
    expect(await states()).toEqual(["held", "held"]);
    for (const id of ["us-cert", "hosting"]) expect(await releaseOf(desk("li"), id)).toEqual([]);
    expect(await states()).toEqual(["held", "held"]);
  });

  it("is released to another contact where its own may not be written to any more", async () => {
    await come(bot());
    const { id, institution: of } = (await alerts())[0]!;
    await hold(desk("li"), id, "look first");
    await cases.write(async (session) => {
      const before = (await session.contact(`${of}/1`))!;
      const box = { ...before, id: `${of}/0`, address: "abuse@ripe.net", order: 0 };
      const other = { ...before, id: `${of}/2`, address: `2@${of}.test`, order: 1 };
      await session.changeDirectory([
        { of: "contact", before, after: { ...before, status: "superseded" } },
        { of: "contact", before: null, after: box },
        { of: "contact", before: null, after: other },
      ]);
    });
    expect((await release(desk("wang"), id)).contact).toBe(`${of}/2`);
  });

  it("comes of a finding that nobody answered for until the directory knew somebody", async () => {
    expect(await come(bot({ origin: "203.0.113.1" }))).toMatchObject({ alerts: 0 });
    await cases.write((session) =>
      answer(session, "jp-cert", "national-csirt", { kind: "country", value: "JP" }),
    );
    expect(await follow()).toMatchObject({ fresh: 0, alerts: 1 });
  });

  it("is taken back out of the outbox by a hold, and goes out after it", async () => {
    await come(bot());
    await approveEverything();
    await fire();
    const { id } = (await alerts())[0]!;
    await hold(desk("li"), id, "a mistake");
    const [taken] = await cases.read((session) => session.messages({ alert: id, limit: 1 }));
    expect(taken!.state).toMatchObject({ at: "withdrawn" });
    await release(desk("li"), id);
    expect((await alerts()).find((it) => it.id === id)!.state.at).toBe("awaiting-approval");
    await expect(sendNow(desk("li"), id)).rejects.toMatchObject({ code: "not-possible" });
  });

  it("climbs to the next rung, where nobody is told twice by CSIRT's and hoster's incident", async () => {
    await cases.write((session) =>
      answer(session, "transit", "upstream", { kind: "asn", value: "64500" }),
    );
    await come(bot());
    await approveEverything();
    await fire();
    await sent();
    now = later(now, 3 * spans.day);
    await fire();
    // The reminder goes first; the ladder is climbed when it is out.
    await sent();
    now = later(now, spans.hour);
    await fire();
    const above = (await alerts()).filter(({ rung }) => rung > 1);
    expect(above.map((it) => it.institution)).toEqual(["transit"]);
  });

  it("ends with its incident, and who was told is told that it is over", async () => {
    await come(bot());
    await approveEverything();
    await fire();
    await sent();
    const [incident] = await incidents();
    await closeIncident(desk("li"), incident!.id, "false-positive", "our own test");
    await fire();
    const closing = (await alerts()).find((it) => it.incident === incident!.id)!;
    expect(closing.state.at).toMatch(/closed|queued/);
    const trail = await cases.read((session) => session.auditTrail({ limit: 1000 }));
    expect(trail.map(({ action }) => action)).toContain("incident.closed");
    expect((await cases.verifyAudit()).broken).toBeNull();
  });
});
