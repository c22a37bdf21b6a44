import { describe, expect, it } from "vitest";
import { draft } from "../../../test/alert-facts.ts";
import type { Hours } from "../institution/index.ts";
import {
  type Alert,
  type AlertCommand,
  type AlertEvent,
  type AlertPolicy,
  defaultPolicy,
  step,
} from "./index.ts";

const OPENED = "2013-05-31T08:00:00.000Z";
const events = {
  drafted: { type: "drafted", needs: 0, hold: null },
  sending: { type: "sending" },
  delivered: { type: "delivered", response: "250 2.0.0 Ok" },
} satisfies Record<string, AlertEvent>;

/** Oslo's office hours; 2013-05-31 is a Friday. */
const oslo: Hours = {
  timeZone: "Europe/Oslo",
  weekdays: [1, 2, 3, 4, 5],
  from: "08:00",
  until: "16:00",
  holidays: [],
};

/** Lets things happen to an alert, at a moment, and gives the last outcome. */
function after(
  alert: Alert,
  happened: readonly AlertEvent[],
  { now = OPENED, ...policy }: Partial<AlertPolicy> & { now?: string } = {},
) {
  const given = { ...defaultPolicy, ...policy };
  let outcome = { alert, commands: [] as readonly AlertCommand[], ignored: null as string | null };
  for (const event of happened) outcome = step(outcome.alert, event, now, given);
  return outcome;
}

const sent = after(draft(), [events.drafted, events.sending, events.delivered]).alert;
const timersOf = (commands: readonly AlertCommand[]) =>
  Object.fromEntries(
    commands.flatMap((it) => (it.do === "set-timer" ? [[it.timer, it.dueAt]] : [])),
  );
const timer = (name: Extract<AlertEvent, { type: "timer" }>["timer"]): AlertEvent => ({
  type: "timer",
  timer: name,
});

describe("on its way out", () => {
  it("a P1 alert leaves at once, at any hour", () => {
    const { alert, commands } = after(draft(), [events.drafted], {
      hours: oslo,
      now: "2013-05-31T22:00:00.000Z",
    });
    expect(alert.state).toEqual({ at: "queued", message: "alert" });
    expect(commands).toContainEqual({ do: "queue", message: "alert", deliveryKey: "A-1/alert-1" });
  });

  it("another gathers findings first, as long as its digest at most, and waits for office hours", () => {
    const due = (given: Partial<Alert>, hours: Hours | null) =>
      timersOf(after(draft(given), [events.drafted], { hours }).commands)["first-message"];
    const daily = { ...draft().terms, digestMinutes: 1440 };
    expect(due({ priority: "P2" }, null)).toBe("2013-05-31T08:30:00.000Z");
    expect(due({ priority: "P3", terms: daily }, null)).toBe("2013-06-01T08:00:00.000Z");
    expect(due({ priority: "P3", terms: daily }, oslo)).toBe("2013-06-03T06:00:00.000Z");
    expect(due({ priority: "P3" }, null)).toBe("2013-05-31T09:00:00.000Z");
  });

  it("four eyes are those of two people, and not of whoever drafted it", () => {
    const asked = after(draft(), [{ type: "drafted", needs: 2, hold: null, by: "ada" }]);
    expect(asked.commands).toContainEqual(expect.objectContaining({ do: "ask", task: "approve" }));
    const yes = (...by: string[]) =>
      after(
        asked.alert,
        by.map((name) => ({ type: "approved", by: name })),
      );
    expect(yes("ada").ignored).toMatch(/ada drafted it/);
    expect(yes("bo").alert.state).toMatchObject({ at: "awaiting-approval", by: ["bo"] });
    expect(yes("bo", "bo").ignored).toMatch(/bo has said yes/);
    expect(yes("bo", "cy").alert.state.at).toBe("queued");
  });

  it("is held with a task while nobody may be written to, and the next rung's clock runs", () => {
    const { alert, commands } = after(draft(), [
      { type: "drafted", needs: 0, hold: "never verified" },
    ]);
    expect(alert.state).toEqual({ at: "held", reason: "never verified" });
    expect(commands).toContainEqual({ do: "ask", task: "verify-contact", why: "never verified" });
    expect(timersOf(commands)["next-rung"]).toBe("2013-06-02T08:00:00.000Z");
    const asked = after(draft({ contact: "" }), [{ type: "drafted", needs: 0, hold: "nobody" }]);
    expect(asked.commands).toContainEqual({ do: "ask", task: "find-contact", why: "nobody" });
    const released = after(alert, [{ type: "released", by: "ada", needs: 0 }]);
    expect(released.alert.state.at).toBe("queued");
    const letGo = after(alert, [{ type: "released", by: "ada", needs: 1 }]);
    const yes = (by: string) => after(letGo.alert, [{ type: "approved", by }]);
    expect(yes("ada").ignored).toMatch(/ada drafted it/);
    expect(yes("bo").alert.state.at).toBe("queued");
  });

  it("a person who holds it takes back what is queued", () => {
    const { alert, commands } = after(draft(), [
      events.drafted,
      { type: "held", by: "ada", reason: "ask police first" },
    ]);
    expect(alert.state).toEqual({ at: "held", reason: "ada: ask police first" });
    expect(commands).toContainEqual({ do: "withdraw", reason: "ask police first" });
  });

  it("a broken line makes it unknown: a person decides, and sends it under another key", () => {
    const { alert, commands } = after(draft(), [
      events.drafted,
      events.sending,
      { type: "outcome-unknown", reason: "connection lost after the dot" },
    ]);
    expect(alert.state).toEqual({ at: "unknown", message: "alert" });
    expect(commands).toContainEqual(expect.objectContaining({ task: "decide-unknown" }));
    const again = after(alert, [{ type: "resolved", by: "ada", arrived: false }]);
    expect(again.commands).toContainEqual(
      expect.objectContaining({ do: "queue", deliveryKey: "A-1/alert-2" }),
    );
    expect(after(alert, [{ type: "resolved", by: "ada", arrived: true }]).alert.state.at).toBe(
      "sent",
    );
  });

  it("a bounce goes to the party's next contact, or asks for one", () => {
    const bounce: AlertEvent = { type: "bounced", reason: "5.1.1 no such user" };
    const alternate = { contact: "as-64500/noc@as64500.example", channel: "mail" } as const;
    const next = after(sent, [bounce], { alternate });
    expect(next.alert).toMatchObject({ ...alternate, state: { at: "queued", message: "alert" } });
    const nobody = after(sent, [bounce]);
    expect(nobody.alert.state).toEqual({ at: "bounced", reason: "5.1.1 no such user" });
    expect(nobody.commands).toContainEqual(
      expect.objectContaining({ do: "ask", task: "find-contact" }),
    );
  });

  it("the kill switch stops every queue, and what was due comes again", () => {
    const stopped = after(draft(), [events.drafted], { stopped: true });
    expect(stopped.alert.state.at).toBe("draft");
    expect(timersOf(stopped.commands)["first-message"]).toBe("2013-05-31T08:15:00.000Z");
    const freed = after(stopped.alert, [timer("first-message")]);
    expect(freed.alert.state.at).toBe("queued");
    const asked = after(sent, [{ type: "resend-asked", by: "ada" }], { stopped: true });
    expect(asked.ignored).toMatch(/kill switch/);
  });
});

describe("once it is sent", () => {
  it("has the timers of its priority", () => {
    const { commands } = after(draft(), [events.drafted, events.sending, events.delivered]);
    expect(timersOf(commands)).toEqual({
      "no-bounce": "2013-06-01T08:00:00.000Z",
      "acknowledgement-due": "2013-05-31T12:00:00.000Z",
      reminder: "2013-06-01T08:00:00.000Z",
      "next-rung": "2013-06-02T08:00:00.000Z",
    });
    const weekly = after(
      draft({ priority: "P2" }),
      [events.drafted, timer("first-message"), events.sending, events.delivered],
      { hours: oslo },
    );
    expect(timersOf(weekly.commands)).toEqual({
      "no-bounce": "2013-06-01T08:00:00.000Z",
      "acknowledgement-due": "2013-06-03T08:00:00.000Z",
      reminder: "2013-06-03T08:00:00.000Z",
      "next-rung": "2013-06-07T08:00:00.000Z",
    });
  });

  it("is reminded once, then goes to the next rung, and ends as expired", () => {
    const reminded = after(sent, [timer("reminder"), events.sending, events.delivered]);
    expect(reminded.alert.life.reminders).toBe(1);
    expect(after(reminded.alert, [timer("reminder")]).ignored).toMatch(/once a rung/);
    const up = after(reminded.alert, [timer("next-rung")]);
    expect(up.commands).toEqual([{ do: "open-rung", rung: 2 }]);
    expect(after(up.alert, [timer("stop")]).alert.state).toEqual({
      at: "closed",
      reason: "expired: nobody answered",
    });
  });

  it("asks a person to telephone when P1 is not answered in time", () => {
    expect(after(sent, [timer("acknowledgement-due")]).commands).toContainEqual(
      expect.objectContaining({ do: "ask", task: "telephone" }),
    );
  });

  it("tells new findings at the digest's time", () => {
    const added = after(sent, [{ type: "findings-added" }], { now: "2013-05-31T08:10:00.000Z" });
    expect(timersOf(added.commands)).toEqual({ digest: "2013-05-31T09:00:00.000Z" });
    expect(after(added.alert, [timer("digest")]).alert.state).toMatchObject({
      at: "queued",
      message: "update",
    });
  });
});

describe("an answer", () => {
  it("of a machine is a receipt, of a person an acknowledgement", () => {
    const auto = after(sent, [{ type: "auto-replied" }]);
    expect(auto.alert.state.at).toBe("sent");
    expect(auto.commands).toEqual([{ do: "note-receipt", level: "R2" }]);
    const human = after(sent, [{ type: "acknowledged", by: "abuse desk" }]);
    expect(human.alert.state.at).toBe("acknowledged");
    expect(human.commands).toContainEqual({ do: "clear-timer", timer: "reminder" });
    expect(human.commands).toContainEqual({ do: "note-receipt", level: "R4" });
  });

  it("that claims it fixed is looked at; only that ends it, and then they are told", () => {
    const claimed = after(sent, [{ type: "claimed-fixed", by: "abuse desk" }]);
    expect(claimed.alert.state.at).toBe("claims-fixed");
    expect(claimed.commands).toContainEqual({ do: "start-verification" });
    const still = after(claimed.alert, [{ type: "verified", clean: false }]);
    expect(still.alert.state).toMatchObject({ at: "queued", message: "verification" });
    const clean = after(claimed.alert, [{ type: "verified", clean: true }]);
    expect(clean.alert.state).toMatchObject({ at: "queued", message: "closure" });
    expect(after(clean.alert, [events.sending, events.delivered]).alert.state).toEqual({
      at: "closed",
      reason: "verified-clean",
    });
  });

  it("to what is on its way is not lost, and takes a reminder back", () => {
    const acknowledged: AlertEvent = { type: "acknowledged", by: "abuse desk" };
    const inFlight = after(sent, [timer("reminder"), events.sending, acknowledged]);
    expect(after(inFlight.alert, [events.delivered]).alert.state.at).toBe("acknowledged");
    const queued = after(sent, [timer("reminder"), acknowledged]);
    expect(queued.alert.state.at).toBe("acknowledged");
    expect(queued.commands).toContainEqual({ do: "withdraw", reason: "an answer came" });
  });

  it("that bounces while the end is being told reopens nothing", () => {
    const clean = after(sent, [{ type: "verified", clean: true }]);
    for (const happened of [[], [events.sending]]) {
      const failed = {
        type: happened.length === 0 ? "bounced" : "refused",
        reason: "550",
      } as const;
      const ended = after(clean.alert, [...happened, failed]);
      expect(ended.alert.state).toEqual({ at: "closed", reason: "verified-clean" });
    }
  });

  it("that disputes it is for a person to settle", () => {
    const { alert, commands } = after(sent, [{ type: "disputed", by: "abuse desk" }]);
    expect(alert.state.at).toBe("disputed");
    expect(commands).toContainEqual(expect.objectContaining({ task: "settle-dispute" }));
    expect(after(alert, [{ type: "findings-added" }]).ignored).not.toBeNull();
    expect(after(alert, [{ type: "released", by: "ada", needs: 0 }]).alert.state.at).toBe(
      "acknowledged",
    );
  });

  it("after the end is for a person to read, and changes nothing", () => {
    const ended = after(sent, [{ type: "closed", by: "ada", reason: "duplicate" }]);
    const late = after(ended.alert, [{ type: "claimed-fixed", by: "abuse desk" }]);
    expect(late.alert).toEqual(ended.alert);
    expect(late.commands).toContainEqual(expect.objectContaining({ task: "read-answer" }));
  });
});

describe("an event that makes no sense", () => {
  it("is ignored, and says so", () => {
    const { alert, commands, ignored } = after(draft(), [events.delivered]);
    expect(alert).toEqual(draft());
    expect(commands).toEqual([]);
    expect(ignored).toBe(`"delivered" means nothing while the alert is draft`);
    expect(after(sent, [{ type: "closed", by: "ada", reason: " " }]).ignored).toMatch(/says why/);
  });
});
