import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimOf, ownWords } from "./index.ts";

/** Our message, which has the words itself, as mail programs repeat it. */
const OURS = "Reply with FIXED when it is dealt with, WORKING, or NOT OURS.\n已处理 / 不属于我们";
const QUOTE = `\n\nOn Fri, 31 May 2013 at 08:00, CERT <cert@cert.example> wrote:\n${OURS.replace(/^/gm, "> ")}`;

describe("an answer says that it is fixed", () => {
  it.each([
    "FIXED",
    "Fixed.",
    "Hello,\n\nfixed!\n\nRegards",
    "The host has been cleaned and the account was suspended.",
    "We have already removed the malicious file.",
    "The server is now taken offline",
    "已处理",
    "您好，相关主机已处理完毕，谢谢。",
    "该问题已经修复。",
    "整改完成",
    "已成功清除木马。",
    "Der Rechner wurde heute bereinigt.",
    "Le site a été nettoyé.",
    "El servidor ha sido bloqueado.",
  ])("%s", (text) => {
    expect(claimOf(text)).toBe("fixed");
    expect(claimOf(text + QUOTE)).toBe("fixed");
  });
});

describe("an answer disputes it", () => {
  it.each([
    "NOT OURS",
    "Sorry: NOT OURS, try the registry",
    "Not ours.",
    "This address does not belong to us.",
    "The IP is no longer part of our network.",
    "We are not responsible for this network",
    "We think that this was a false positive.",
    "误报",
    "该IP不属于我单位。",
    "经核实，该地址并不是我们的。",
    "与我方无关",
    "Die Adresse gehört nicht zu uns.",
    "It was fixed by others, as it is not ours.",
  ])("%s", (text) => {
    expect(claimOf(text)).toBe("disputed");
    expect(claimOf(text + QUOTE)).toBe("disputed");
  });
});

describe("an answer says nothing that a person need not read", () => {
  it.each([
    "",
    "Thank you, we are looking into it.",
    "WORKING",
    "It is not fixed yet.",
    "We will tell you once it has been fixed.",
    "The problem has not been resolved.",
    "Has it been resolved?",
    "If it is not ours, whom should we tell?",
    "It should have been removed. Could you check whether it is a false positive?",
    "收到，正在处理。",
    "尚未处理",
    "如果已处理，请告知。",
    "该问题是否已修复？",
    "Ticket #4711 has been created",
  ])("%s", (text) => {
    expect(claimOf(text)).toBe("none");
    expect(claimOf(text + QUOTE)).toBe("none");
  });
});

describe("what is quoted is not said", () => {
  it.each([
    QUOTE,
    `Thanks.\n\n-----Original Message-----\nFrom: CERT\n${OURS}`,
    `Thanks\n________________________________\nFrom: CERT <cert@cert.example>\n${OURS}`,
    `谢谢\n\n发件人: CERT <cert@cert.example>\n${OURS}`,
    `收到\n\n在 2013年5月31日 08:00，CERT <cert@cert.example> 写道：\n${OURS}`,
    `Danke\n\nAm 31.05.2013 um 08:00 schrieb CERT:\n${OURS}`,
    `Merci\n\nLe ven. 31 mai 2013 à 08:00,\nCERT <cert@cert.example> a écrit :\n${OURS}`,
    `Thanks\n-- \nfixed\nThe Fixed Company`,
  ])("%s", (text) => expect(claimOf(text)).toBe("none"));
});

it("finds the words below a quote if none stand above", () => {
  expect(
    claimOf(`On Fri, CERT <cert@cert.example> wrote:\n> ${OURS.split("\n")[0]}\n\nFixed.\n`),
  ).toBe("fixed");
  expect(ownWords("Above\n> quoted\nBelow")).toBe("Above");
});

it("has an answer to any text, soon", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "On Fri, ",
      " wrote:",
      "\n",
      "> ",
      "has been ",
      "已",
      "已处理",
      "not ",
      "_".repeat(30),
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
      expect(["fixed", "disputed", "none"]).toContain(claimOf(pieces.join("")));
    }),
  );
  const began = performance.now();
  for (const text of ["on ", "is not ", "has been ", "a été ", "wurde ", "已于", "> "])
    claimOf(text.repeat(60_000));
  expect(performance.now() - began).toBeLessThan(2_000);
});
