import { createSecretKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, BOUNCES, OUR_ID, report } from "../../../test/alerting/mails.ts";
import { makeMailReader, makeReplyAddresses } from "./index.ts";

const addresses = makeReplyAddresses("cert@cert.example", createSecretKey(Buffer.alloc(32, 7)));
const reader = makeMailReader(addresses);
const read = (mail: string) => reader.read(Buffer.from(mail));

it("reads who answers what, and where the answer went", async () => {
  const to = addresses.addressOf("A-20130531-000001");
  const mail = await read(
    answer("Fixed.", {
      To: `"CERT, the team" <${to}>`,
      Cc: "Group: a@b.example, c@d.example;",
      References: "<1@x.example> <2@x.example>",
      "Delivered-To": "answers@cert.example",
    }),
  );
  expect(mail).toMatchObject({
    from: "abuse@hosting.example",
    to: [to, "a@b.example", "c@d.example", "answers@cert.example"],
    subject: "Re: [TC-20130531-000001-7] A host of yours",
    messageId: "<4711@hosting.example>",
    references: ["<1@x.example>", "<2@x.example>", OUR_ID],
    class: "answer",
    about: null,
    text: "Fixed.\n",
    signed: false,
  });
  expect(reader.alertOfAddress(mail.to[0]!)).toBe("A-20130531-000001");
  expect(reader.alertOfAddress(mail.to[3]!)).toBeUndefined();
});

it("reads what is written in other character sets, and in HTML alone", async () => {
  const gb = Buffer.concat([
    Buffer.from(answer("", { "Content-Type": "text/plain; charset=gb18030" }).trimEnd()),
    Buffer.from("\r\n\r\n"),
    Buffer.from([0xd2, 0xd1, 0xb4, 0xa6, 0xc0, 0xed]),
  ]);
  expect((await reader.read(gb)).text.trim()).toBe("已处理");
  const html = await read(answer("<p>Not <b>ours</b></p>", { "Content-Type": "text/html" }));
  expect(html.text).toContain("Not ours");
});

describe("a bounce is told and understood", () => {
  it.each(Object.entries(BOUNCES))("%s", async (_, [mail, status, reason]) => {
    for (const text of [mail, mail.replaceAll("\r\n", "\n")]) {
      const { class: what, about } = await read(text);
      expect(what).toBe("delivery-failure");
      expect(about).toEqual({ messageId: OUR_ID, status, reason: expect.stringMatching(reason) });
    }
  });
});

describe("a delivery report that is no failure", () => {
  const withAction = (action: string, status: string) =>
    read(
      report([
        "Reporting-MTA: dns; mx.isp.example",
        "",
        "Final-Recipient: rfc822; abuse@isp.example",
        `Action: ${action}`,
        `Status: ${status}`,
      ]),
    );

  it("says that it takes longer, or that it arrived", async () => {
    expect((await withAction("delayed", "4.4.1")).class).toBe("delivery-delay");
    for (const action of ["delivered", "relayed (to non-DSN-aware mailer)", "expanded"])
      expect((await withAction(action, "2.0.0")).class).toBe("delivery-success");
  });

  it("in the words of Exim or qmail says so as well", async () => {
    const warning = BOUNCES["Exim, in its own words"]![0].replace(/^X-Failed.*\r\n/m, "")
      .replace("Mail delivery failed", "Warning: message 1UiKxx delayed 24 hours")
      .replace(/^A message that[\s\S]*?failed:/m, "It will be retried, no action is required:");
    expect((await read(warning)).class).toBe("delivery-delay");
  });

  it("is as bad as its worst recipient", async () => {
    const one = (action: string) => [
      "",
      "Final-Recipient: rfc822; a@b.example",
      `Action: ${action}`,
    ];
    const both = report(["Reporting-MTA: dns; x", ...one("delivered"), ...one("failed")]);
    expect((await read(both)).class).toBe("delivery-failure");
  });
});

describe("what a program sent is an automatic reply", () => {
  it.each<[string, Record<string, string>]>([
    ["RFC 3834", { "Auto-Submitted": "auto-replied (vacation)" }],
    ["generated", { "Auto-Submitted": "auto-generated" }],
    ["X-Autoreply", { "X-Autoreply": "yes" }],
    ["X-Autorespond", { "X-Autorespond": "Away" }],
    ["Precedence", { Precedence: "auto_reply" }],
    ["bulk", { Precedence: "bulk" }],
    ["Exchange", { "X-Auto-Response-Suppress": "All" }],
    ["English", { Subject: "Automatic reply: [TC-20130531-000001-7] A host" }],
    ["English, absent", { Subject: "Out of Office Re: A host" }],
    ["German", { Subject: "Abwesenheitsnotiz: A host" }],
    ["French", { Subject: "=?utf-8?Q?R=C3=A9ponse_automatique_:_A_host?=" }],
    ["Spanish", { Subject: "=?utf-8?Q?Respuesta_autom=C3=A1tica:_A_host?=" }],
    ["Chinese", { Subject: "=?utf-8?B?6Ieq5Yqo5Zue5aSNOiBB?=" }],
    ["a receipt", { "Content-Type": "multipart/report; report-type=disposition-notification" }],
  ])("%s", async (_, headers) => {
    expect((await read(answer("We have received your mail.", headers))).class).toBe("auto-reply");
  });

  it("unless a ticket system sent what a person said outright", async () => {
    const by = (headers: Record<string, string>) => read(answer("Fixed.", headers));
    expect((await by({ Precedence: "bulk" })).class).toBe("answer");
    expect((await by({ "Auto-Submitted": "no" })).class).toBe("answer");
    expect((await by({ "Auto-Submitted": "auto-replied" })).class).toBe("auto-reply");
  });
});

it("is no bounce if a person writes of one", async () => {
  const text = "Your mail to our NOC could not be delivered: mailbox full. We have it now.";
  expect((await read(answer(text))).class).toBe("answer");
});

it("reads any bytes, and never throws", async () => {
  const samples = [answer("Fixed"), ...Object.values(BOUNCES).map(([mail]) => mail)];
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    fc.constantFrom(
      "\r\n\r\n",
      "\r\n--b\r\n",
      "\r\n--b--\r\n",
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
      "Content-Type: multipart/signed; protocol=application/pgp-signature; boundary=b\r\n\r\n",
      "Content-Type: message/delivery-status\r\n\r\n",
      "-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\nx\r\n-----END PGP SIGNATURE-----",
      "From: =?utf-8?B?/w==?= <a@b",
      "Content-Transfer-Encoding: base64\r\n",
    ),
  );
  const cut = fc
    .tuple(fc.constantFrom(...samples), fc.nat(3000), fc.nat(3000), fc.string({ unit: "binary" }))
    .map(([mail, from, length, put]) => mail.slice(0, from) + put + mail.slice(from + length));
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join(""), "latin1")),
    cut.map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (raw) => {
      const mail = await reader.read(raw);
      expect(mail.text.length).toBeLessThanOrEqual(65_536);
      expect([null, "bad", "unknown-key", "good"]).toContain(await mail.verify(["no key"]));
      for (const address of mail.to) reader.alertOfAddress(address);
    }),
    { numRuns: 500 },
  );
}, 120_000);

it("reads what is meant to take long, soon", async () => {
  const nested = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(5_000);
  const hostile = [
    nested,
    `From: ${"a@b.example,".repeat(20_000)}\r\n\r\n`,
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${"--b\r\n\r\n".repeat(50_000)}`,
    `Content-Type: text/plain${"; a=".repeat(50_000)}\r\n\r\n`,
    answer("-----BEGIN PGP SIGNED MESSAGE-----\r\n".repeat(5_000)),
    answer(" ".repeat(500_000)),
    answer(">".repeat(500_000)),
    answer(`${"a".repeat(500_000)}@`, { From: "MAILER-DAEMON@x.example" }),
  ];
  for (const mail of hostile) {
    const began = performance.now();
    await read(mail);
    expect(performance.now() - began).toBeLessThan(3_000);
  }
}, 60_000);
