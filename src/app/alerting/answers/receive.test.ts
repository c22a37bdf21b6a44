import { createHash, createSecretKey } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { applyEvent } from "../../../../test/alerting/apply.ts";
import { answer, BOUNCES, OUR_ID, report } from "../../../../test/alerting/mails.ts";
import { alert, at, contact, incident, message } from "../../../../test/contract/cases/samples.ts";
import { putHosting } from "../../../../test/contract/cases/use-cases.ts";
import { ticketOf } from "../../../core/alert/index.ts";
import { makeMailReader, makeReplyAddresses } from "../../../send/mail/index.ts";
import { openMemoryCases } from "../../../store/cases-in-memory/index.ts";
import type { CaseStore, Mailbox } from "../../case-ports.ts";
import { type AnswerParts, receiveAnswers, receiveMail } from "./index.ts";

const addresses = makeReplyAddresses("cert@cert.example", createSecretKey(Buffer.alloc(32, 7)));
const TICKET = ticketOf("TC", "2013-05-31", 1);
const never = new AbortController().signal;

let cases: CaseStore;
let parts: AnswerParts;

beforeEach(async () => {
  cases = openMemoryCases();
  parts = {
    cases,
    reader: makeMailReader(addresses),
    applyEvent,
    now: () => at(3600),
    sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  };
  await cases.write(async (session) => {
    await putHosting(session);
    await session.putIncident(incident());
    const { life } = alert();
    const sent = { ...life, messages: 1, firstSentAt: at(60), lastSentAt: at(60) };
    await session.putAlert(alert(1, { ticket: TICKET, state: { at: "sent" }, life: sent }));
    const state = { at: "delivered", on: at(60), response: "250 Ok" } as const;
    await session.queueMessage(message(1, { messageId: OUR_ID, state }));
  });
});

const receive = (mail: string) => receiveMail(parts, Buffer.from(mail), at(3000));
const stateNow = () => cases.read(async (session) => (await session.alert(alert().id))!.state.at);
const receipts = () =>
  cases.read(async (session) => (await session.receiptsOf(alert().id)).map(({ level }) => level));
const tasks = () =>
  cases.read(async (session) =>
    (await session.tasks({ open: true, limit: 9 })).map(
      ({ kind, subject }) => `${kind} ${subject}`,
    ),
  );
const inbound = () => cases.read((session) => session.inbound({ limit: 9 }));

/** Without what would lead to the alert. */
const bare = { "In-Reply-To": "", Subject: "Hello" };

it("takes an answer by its reply address, its references, or the ticket and a known sender", async () => {
  await receive(answer("1", { ...bare, To: addresses.addressOf(alert().id) }));
  await receive(answer("2", { ...bare, References: `<x@y.example> ${OUR_ID}` }));
  await receive(answer("3", { ...bare, Subject: `Re: [${TICKET}] A host of yours` }));
  expect((await inbound()).map(({ matchedBy }) => matchedBy ?? "").sort()).toEqual([
    "address",
    "references",
    "ticket",
  ]);
  expect(await receipts()).toEqual(["R4", "R4", "R4"]);
  expect(await stateNow()).toBe("acknowledged");
});

it("keeps an answer of which nobody knows in quarantine, for a person", async () => {
  await receive(answer("Fixed", { ...bare, Subject: TICKET, From: "noc@hosting.example" }));
  await receive(answer("Fixed", bare));
  await receive(
    answer("Fixed", { ...bare, To: "cert+a-20130531-000001.aaaaaaaaaaaaaaaa@cert.example" }),
  );
  expect(await stateNow()).toBe("sent");
  expect(await receipts()).toEqual([]);
  const kept = await inbound();
  expect(kept.map(({ alert }) => alert)).toEqual([null, null, null]);
  expect((await tasks()).sort()).toEqual(kept.map(({ id }) => `read-answer inbound:${id}`).sort());
});

it("does nothing at the second sight of a mail", async () => {
  const mail = answer("Fixed");
  expect(await receive(mail)).toBe(true);
  expect(await receive(mail)).toBe(false);
  expect(await receipts()).toEqual(["R4"]);
  const events = await cases.read((session) => session.events(alert().id));
  expect(events).toHaveLength(1);
});

describe("what an answer says", () => {
  it("outright is taken at its word: a claim to verify, or a dispute for a person", async () => {
    await receive(answer("FIXED"));
    expect(await stateNow()).toBe("claims-fixed");
    await receive(answer("NOT OURS"));
    expect(await stateNow()).toBe("disputed");
    expect(await tasks()).toEqual([`settle-dispute alert:${alert().id}`]);
  });

  it("is for a person to read if it is encrypted for a key that we have not", async () => {
    await receive(answer("-----BEGIN PGP MESSAGE-----\r\n\r\nxyz\r\n-----END PGP MESSAGE-----"));
    expect(await stateNow()).toBe("acknowledged");
    expect(await tasks()).toEqual([`read-answer alert:${alert().id}`]);
  });

  it("is nothing if a program wrote it", async () => {
    await receive(answer("Fixed", { "Auto-Submitted": "auto-replied" }));
    expect(await stateNow()).toBe("sent");
    expect(await receipts()).toEqual(["R2"]);
  });
});

describe("a delivery report", () => {
  const [bounce] = BOUNCES["Postfix, user unknown"]!;
  const success = report(["Reporting-MTA: dns; x", "", "Action: delivered", "Status: 2.0.0"]);

  it("of failure bounces the alert, with the reason", async () => {
    await receive(bounce);
    const state = await cases.read(async (session) => (await session.alert(alert().id))!.state);
    expect(state).toMatchObject({ at: "bounced", reason: expect.stringContaining("User unknown") });
    expect(await tasks()).toEqual([`find-contact alert:${alert().id}`]);
  });

  it("of delay changes nothing, and of success is a receipt", async () => {
    await receive(report(["Reporting-MTA: dns; x", "", "Action: delayed", "Status: 4.0.0"]));
    expect([await stateNow(), await receipts()]).toEqual(["sent", []]);
    await receive(success);
    expect([await stateNow(), await receipts()]).toEqual(["sent", ["R1"]]);
  });

  it("about another address than the thread has now, or about no message of ours, is only kept", async () => {
    await cases.write(async (session) => {
      const other = contact({ id: "noc", address: "noc@hosting.example" });
      await session.changeDirectory([{ of: "contact", before: null, after: other }]);
      await session.putAlert({ ...(await session.alert(alert().id))!, contact: "noc" });
    });
    await receive(bounce);
    const forged = bounce.replaceAll(OUR_ID, "<x@y.example>").replace("A host", TICKET);
    await receive(forged);
    expect(await stateNow()).toBe("sent");
    expect((await inbound()).map(({ alert: of }) => of)).toEqual(
      expect.arrayContaining([alert().id, null]),
    );
    expect(await tasks()).toEqual([]);
  });

  it("decides what nobody knew", async () => {
    await cases.write(async (session) => {
      const unknown = { at: "unknown", message: "alert" } as const;
      await session.putAlert({ ...(await session.alert(alert().id))!, state: unknown });
      const state = { at: "unknown", on: at(60), reason: "lost" } as const;
      await session.setMessageState(message().deliveryKey, state, 1);
    });
    await receive(success);
    expect(await stateNow()).toBe("sent");
    const [sent] = await cases.read((session) => session.messages({ limit: 9 }));
    expect(sent!.state).toMatchObject({ at: "delivered" });
  });
});

it("takes all that is in the mailbox, and marks a mail as taken after it is stored", async () => {
  const mails = [answer("1"), answer("2"), answer("1")];
  const marked: number[] = [];
  const mailbox: Mailbox = {
    async *fetch() {
      for (const [number, mail] of mails.entries())
        yield {
          raw: Buffer.from(mail),
          receivedAt: at(number),
          async taken() {
            expect((await inbound()).length).toBeGreaterThanOrEqual(Math.min(number + 1, 2));
            marked.push(number);
          },
        };
    },
    close: async () => undefined,
  };
  expect(await receiveAnswers(parts, mailbox, never)).toBe(2);
  expect(marked).toEqual([0, 1, 2]);
  expect((await cases.verifyAudit()).broken).toBeNull();
});
