import { describe, expect, it } from "vitest";
import { expectFixture, expectSturdy, readText } from "../../../test/contacts.ts";
import { csvContacts } from "./index.ts";

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

describe("contacts-csv", () => {
  it("reads its fixture, and a bad record costs itself only", async () => {
    await expectFixture(csvContacts, fixture("contacts.csv"));
  });

  it("takes nothing dangerous of a file that was tampered with", async () => {
    await expectSturdy(csvContacts, fixture("contacts.csv"));
  }, 120_000);

  it("never throws, whatever it is given", async () => {
    for (const text of [
      "",
      "{",
      "null",
      "[1, null, []]",
      '{"data": 3}',
      'a,b\n"',
      "\u0000\n\n:\n:",
    ])
      expect((await readText(csvContacts, text)).directory.institutions).toEqual([]);
  });
});
