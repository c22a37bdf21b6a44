import { describe, expect, it } from "vitest";
import { expectFixture, expectSturdy, readText } from "../../../test/contacts.ts";
import { rdapContacts } from "./index.ts";

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

describe("contacts-rdap", () => {
  it("reads its fixture, and a bad record costs itself only", async () => {
    await expectFixture(rdapContacts, fixture("network.json"));
  });

  it("takes nothing dangerous of a file that was tampered with", async () => {
    await expectSturdy(rdapContacts, fixture("network.json"));
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
      expect((await readText(rdapContacts, text)).directory.institutions).toEqual([]);
  });
});
