import { describe, expect, it } from "vitest";
import type { Statement } from "../../app/case-ports.ts";
import { messageKinds } from "../../core/alert/index.ts";
import { server, site, statement } from "../../../test/golden/statements.ts";
import { makeWordsmith } from "./index.ts";

const wordsmith = makeWordsmith({
  name: "Example CERT",
  nameIn: { zh: "示例应急中心" },
  phone: "+99 1 5550100",
  website: "https://cert.example",
});

const golden = (name: string) => `../../../test/golden/alert/${name}.txt`;

/** Many servers: an address more with every item. */
const servers = Array.from({ length: 23 }, (_, at) => ({ ...server, asset: `192.0.2.${at + 7}` }));

const variations: Readonly<Record<Statement["message"], Partial<Statement>>> = {
  alert: {},
  update: { items: servers, total: 1_230, firstSentAt: "2013-05-30T08:15:00.000Z" },
  reminder: { firstSentAt: "2013-05-28T08:15:00.000Z" },
  closure: {
    items: [],
    files: [],
    tlp: "clear",
    answerBy: null,
    closing: "presumed-clean",
    firstSentAt: "2013-05-28T08:15:00.000Z",
  },
  verification: { items: [], files: [], tlp: "clear", answerBy: null },
};

function write(message: Statement["message"], change: Partial<Statement>): string {
  const { subject, text } = wordsmith.write({
    ...statement,
    ...variations[message],
    message,
    ...change,
  });
  return `${subject}\n\n${text}`;
}

describe("the words of a message", () => {
  for (const message of messageKinds) {
    it(`say in English what a ${message} says`, async () => {
      await expect(write(message, {})).toMatchFileSnapshot(golden(`${message}.en`));
    });

    it(`say in Chinese what a ${message} says`, async () => {
      const zh = { languages: ["zh"], timeZone: "Asia/Shanghai", to: "某单位" };
      await expect(write(message, zh)).toMatchFileSnapshot(golden(`${message}.zh`));
    });
  }

  it("are in both languages when nobody knows the reader's", async () => {
    await expect(
      write("alert", {
        languages: ["en", "zh"],
        timeZone: null,
        to: "www.office.example",
        side: "victim",
        kind: "web-backdoor",
        family: "",
        items: [site],
        tlp: "amber",
      }),
    ).toMatchFileSnapshot(golden("alert.en-zh"));
  });

  it("take at most 40 lines before the list, in each language", () => {
    for (const language of ["en", "zh"])
      for (const message of messageKinds) {
        const text = write(message, { languages: [language] });
        const before = text.split(/THE LIST|【清单/)[0] ?? "";
        expect(before.split("\n").length, `${message} ${language}`).toBeLessThanOrEqual(42);
      }
  });
});
