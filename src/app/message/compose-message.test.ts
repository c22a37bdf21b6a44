import { createSecretKey } from "node:crypto";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import type { Draft } from "../case-ports.ts";
import type { AlertTerms } from "../../core/alert/index.ts";
import { itemCsv } from "../../exchange/item-csv/index.ts";
import { itemStix } from "../../exchange/stix/index.ts";
import { makeItemXarf } from "../../exchange/xarf/index.ts";
import { makeWordsmith } from "../../report/alert/index.ts";
import { makeSigningKey } from "../../send/mail/index.ts";
import { makeDocumentEnvelope } from "../../send/shared/document.ts";
import { draft, finding, sight } from "../../../test/mail/drafts.ts";
import { contactWith, envelopeOf } from "../../../test/mail/letters.ts";
import { makeComposer } from "./index.ts";

async function composer(mail = envelopeOf(null)) {
  return makeComposer({
    sight,
    wordsmith: makeWordsmith({ name: "Example CERT", nameIn: {}, phone: "", website: "" }),
    writers: [itemCsv, makeItemXarf({ name: "Example CERT", mail: "a@cert.example" }), itemStix],
    envelopes: {
      mail: await mail,
      webhook: makeDocumentEnvelope(createSecretKey(Buffer.alloc(32, 7))),
    },
  });
}

const compose = async (change: Partial<Draft>) =>
  (await composer()).compose({ ...draft, ...change });
const terms = (change: Partial<AlertTerms>): Pick<Draft, "alert"> => ({
  alert: { ...draft.alert, terms: { ...draft.alert.terms, ...change } },
});
const amber = { ...finding, tlp: "amber", asset: "192.0.2.8" } as const;

async function contactWithKey() {
  const made = await makeSigningKey("CSIRT", "soc@csirt.example", {
    now: "2013-01-01T00:00:00.000Z",
  });
  const key = {
    type: "openpgp",
    fingerprint: made.fingerprint,
    text: made.publicKey,
    expires: null,
  } as const;
  return contactWith(key);
}

describe("a composed message", () => {
  it("is a mail with the files that the rule asks for", async () => {
    const { bytes, subject, text, tlp, withheld } = await compose({});
    const mail = await simpleParser(Buffer.from(bytes));
    expect({ tlp, withheld }).toEqual({ tlp: "green", withheld: 0 });
    expect([mail.subject, mail.text]).toEqual([subject, text]);
    expect(mail.attachments.map(({ filename }) => filename)).toEqual([
      "TC-20130531-000042-7-alert-1.csv",
      "TC-20130531-000042-7-alert-1.xarf.json",
    ]);
  });

  it("is the same bytes for the same draft", async () => {
    expect((await compose({})).bytes).toEqual((await compose({})).bytes);
  });

  it("withholds what is amber from a contact without a key, and names the strictest marking left", async () => {
    const { withheld, tlp, bytes } = await compose({ findings: [finding, amber] });
    expect({ withheld, tlp }).toEqual({ withheld: 1, tlp: "green" });
    expect(Buffer.from(bytes).includes("192.0.2.8")).toBe(false);
  });

  it("is not made if nothing is left to say, and tells why", async () => {
    await expect(compose({ findings: [amber] })).rejects.toMatchObject({
      code: "message-not-allowed",
      message: expect.stringMatching(/not-encrypted \(the contact has no key\)/) as string,
    });
    await expect(compose({ findings: [] })).rejects.toMatchObject({ code: "message-not-allowed" });
  });

  it("is encrypted to a contact with a key as soon as it is amber, and then says nothing outside", async () => {
    const contact = await contactWithKey();
    const sealed = await compose({ findings: [finding, amber], contact });
    expect(sealed).toMatchObject({ withheld: 0, tlp: "amber" });
    const bytes = Buffer.from(sealed.bytes).toString();
    expect(bytes).toContain("multipart/encrypted");
    expect(bytes).toContain("Subject: [TC-20130531-000042-7] TLP:AMBER Security incident\r\n");
    expect(bytes).not.toContain("zeus");
    const open = await compose({ contact });
    expect(Buffer.from(open.bytes).toString()).toContain("zeus");
  });

  it("does not go where no message can go", async () => {
    await expect(
      compose({ contact: { ...draft.contact, channel: "phone" } }),
    ).rejects.toMatchObject({
      code: "message-not-allowed",
    });
  });

  it("attaches a table whatever the rule says, if the text cannot hold all", async () => {
    const findings = Array.from({ length: 21 }, (_, at) => ({
      ...finding,
      asset: `192.0.2.${at}`,
    }));
    const { bytes, text } = await compose({ findings, ...terms({ attachments: [] }) });
    const mail = await simpleParser(Buffer.from(bytes));
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]?.content.toString().split("\r\n")).toHaveLength(23);
    expect(text).toContain("... and 1 more: see the attachment.");
  });

  it("is a JSON object for a webhook, with all that a mail has", async () => {
    const contact = { ...draft.contact, channel: "webhook", address: "https://x.example" } as const;
    const { bytes, messageId, text } = await compose({ contact, findings: [amber] });
    const document: unknown = JSON.parse(Buffer.from(bytes).toString());
    expect(document).toMatchObject({ message_id: messageId, text, tlp: "amber", findings: 1 });
  });

  it("has nothing amber in it for a webhook that is not reached by TLS", async () => {
    const contact = { ...draft.contact, channel: "webhook", address: "http://127.0.0.1/" } as const;
    expect(await compose({ contact, findings: [finding, amber] })).toMatchObject({ withheld: 1 });
  });

  it("speaks of no asset when it closes a thread or asks for the right contact", async () => {
    const closed = {
      at: "closed",
      on: draft.now,
      by: "a",
      reason: "verified-clean",
      note: "",
    } as const;
    for (const message of ["closure", "verification"] as const) {
      const { bytes, tlp } = await compose({
        message,
        findings: [amber],
        incident: { ...draft.incident, state: closed },
      });
      expect(tlp).toBe("clear");
      expect(Buffer.from(bytes).toString()).not.toMatch(/zeus|192\.0\.2\.8|C2/);
    }
  });

  it.each([
    ["the rule's", { ...terms({ language: "zh" }) }, ["zh"]],
    ["the contact's", { contact: { ...draft.contact, language: "zh-CN" } }, ["zh"]],
    [
      "the institution's best that we know",
      { institution: { ...draft.institution, languages: ["pt", "zh"] } },
      ["zh"],
    ],
    [
      "English, if we know none of the reader's",
      { institution: { ...draft.institution, languages: ["pt"] } },
      ["en"],
    ],
    [
      "all ours, if nobody knows the reader's",
      { institution: { ...draft.institution, languages: [] } },
      ["en", "zh"],
    ],
  ])("is in %s language", async (_, change, languages) => {
    const contact = { ...draft.contact, language: "" };
    const { bytes } = await compose({ contact, ...change });
    const mail = await simpleParser(Buffer.from(bytes));
    expect(mail.headers.get("content-language")).toBe(languages.join(", "));
    expect(mail.text?.includes("TO DO")).toBe(languages.includes("en"));
    expect(mail.text?.includes("处置建议")).toBe(languages.includes("zh"));
  });
});
