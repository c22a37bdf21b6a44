import { simpleParser } from "mailparser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactWith, envelopeOf, letterTo } from "../../../test/mail/letters.ts";
import { makeSigningKey } from "./index.ts";
import { addressField, field, isMailAddress, textField } from "./compose-headers.ts";
import { quotedPrintable } from "./compose-quoted.ts";

const letter = letterTo(contactWith(null));

/** Text with everything that could end a line, or pass for something else. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      "\r",
      "\n",
      "\0",
      "\u2028",
      "\x85",
      " ",
      ":",
      "=?utf-8?Q?a?=",
      "é",
      "控",
      '"',
      "\\",
    ),
  }),
);

describe("a mail that we compose", () => {
  it("has text, files and headers as a mail program reads them", async () => {
    const { bytes, messageId } = await (await envelopeOf(null)).pack(letter);
    const mail = await simpleParser(Buffer.from(bytes));
    expect(mail.subject).toBe(letter.wording.subject);
    expect(mail.text).toBe(letter.wording.text);
    expect(mail.from?.value).toEqual([
      { address: "alerts@cert.example", name: "Example CERT, 示例" },
    ]);
    expect(mail.messageId).toBe(messageId);
    expect(mail.date?.toISOString()).toBe(letter.statement.now);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail.headers.get("x-tocsin-ticket")).toBe(letter.statement.ticket);
    const [file] = mail.attachments;
    expect(file?.content.toString()).toBe(letter.attachments[0]?.text);
  });

  it("asks for answers at an address of its alert", async () => {
    const { bytes } = await (await envelopeOf(null)).pack(letter);
    const mail = await simpleParser(Buffer.from(bytes));
    expect(mail.replyTo?.text).toMatch(/^answers\+a-20130531-000042\.[a-z2-7]{16}@cert\.example$/);
  });

  it("stands in its thread", async () => {
    const thread = Array.from({ length: 30 }, (_, at) => `<m${at}@cert.example>`);
    const { bytes } = await (await envelopeOf(null)).pack({ ...letter, thread });
    const mail = await simpleParser(Buffer.from(bytes));
    expect(mail.inReplyTo).toBe("<m29@cert.example>");
    expect(mail.references?.at(0)).toBe("<m0@cert.example>");
    expect(mail.references).toHaveLength(20);
  });

  it("is the same bytes for the same letter, signed or not, and has another id for another key", async () => {
    const { privateKey } = await makeSigningKey("a", "a@cert.example", {
      now: "2026-01-01T00:00:00.000Z",
    });
    for (const key of [null, privateKey]) {
      const one = await (await envelopeOf(key)).pack(letter);
      const two = await (await envelopeOf(key)).pack(letter);
      expect(Buffer.from(two.bytes).equals(one.bytes)).toBe(true);
      const next = await (await envelopeOf(key)).pack({ ...letter, deliveryKey: "A-1/alert-2" });
      expect(next.messageId).not.toBe(one.messageId);
    }
  });

  it("is ASCII in lines that end with CRLF, are short and have no blank at the end", async () => {
    const { bytes } = await (await envelopeOf(null)).pack(letter);
    const text = Buffer.from(bytes).toString("latin1");
    expect(text).toMatch(/^[\x20-\x7e\r\n]*$/);
    for (const line of text.split("\r\n")) {
      expect(line).not.toMatch(/[\r\n]|[ \t]$|^From |^\.$/);
      expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it("is not made for what is no mail address", async () => {
    const contact = { ...contactWith(null), address: "a@b.example>\r\nBcc: <x@y.example" };
    const envelope = await envelopeOf(null);
    await expect(envelope.pack(letterTo(contact))).rejects.toMatchObject({
      code: "message-not-allowed",
    });
  });
});

describe("a header", () => {
  it("is one field, whatever the text holds", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const line of [
          textField("Subject", text),
          addressField("From", "a@b.example", text),
          field("X", text),
        ])
          for (const [at, part] of line.split("\r\n").entries())
            expect(part).toMatch(at === 0 ? /^[A-Za-z-]+:[^\r\n]*$/ : /^ [^\r\n]*\S[^\r\n]*$/);
      }),
    );
  });

  it("gives the text back, but for control characters and double blanks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), async (text) => {
        const plain = text
          .replace(/[\p{C}\u2028\u2029]+/gu, " ")
          .replace(/ {2,}/g, " ")
          .trim();
        const mail = await simpleParser(`${textField("Subject", text)}\r\n\r\n`);
        expect(mail.subject ?? "").toBe(plain);
      }),
    );
  });

  it("does not take for an address what has a comment, a route, a second address or a line end", () => {
    for (const good of ["soc@csirt.example", "a.b+c@x-y.example", "abuse@localhost"])
      expect(isMailAddress(good), good).toBe(true);
    for (const bad of [
      "",
      "a",
      "a@",
      "@b",
      "a@b@c",
      "a b@c",
      "a@b,c@d",
      "a@b\r\nBcc:x@y",
      "<a@b>",
      '"a"@b',
      "a(x)@b",
      "a@-b",
      "ä@b.example",
      "a..b@c.example",
    ])
      expect(isMailAddress(bad), bad).toBe(false);
  });
});

describe("quoted-printable", () => {
  it("gives the text back in short lines that no server changes", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom(" ", ".", "F", "From ", "\n", "=", "\t", "控"),
            fc.string(),
          ),
        }),
        (text) => {
          const quoted = quotedPrintable(text);
          for (const line of quoted.split("\r\n"))
            expect(line).toMatch(/^(?!From |\.)[\x21-\x7e \t]{0,75}(?:[\x21-\x7e])?$/);
          const bytes = quoted
            .replace(/=\r\n/g, "")
            .replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
              String.fromCodePoint(Number.parseInt(hex, 16)),
            );
          const back = Buffer.from(bytes, "latin1").toString().replaceAll("\r\n", "\n");
          expect(back).toBe(Buffer.from(text.replace(/\r\n?/g, "\n")).toString());
        },
      ),
    );
  });
});
