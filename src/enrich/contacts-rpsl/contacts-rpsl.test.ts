import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectFixture, expectSturdy, readText } from "../../../test/contacts.ts";
import { rpslContacts } from "./index.ts";

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

describe("contacts-rpsl", () => {
  it("reads its fixture, and a bad record costs itself only", async () => {
    await expectFixture(rpslContacts, fixture("ripe.db"));
  });

  it("takes nothing dangerous of a file that was tampered with", async () => {
    await expectSturdy(rpslContacts, fixture("ripe.db"));
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
      expect((await readText(rpslContacts, text)).directory.institutions).toEqual([]);
  });
});

describe("databases of registries", () => {
  const text = readFileSync(fixture("ripe.db"), "utf8");

  it("reads ARIN's bulk text", async () => {
    await expectFixture(rpslContacts, fixture("arin.txt"));
  });

  it("takes only what lies in the countries that are asked for", async () => {
    const { directory } = await readText(rpslContacts, text, { countries: ["SE"] });
    expect(directory.responsibilities).toEqual([]);
    const norway = await readText(rpslContacts, text, { countries: ["NO"] });
    expect(norway.directory.responsibilities.length).toBe(5);
  });

  it("reads objects that lead to each other in any order", async () => {
    const objects = text.split("\n\n");
    const backwards = objects.toReversed().join("\n\n");
    const values = async (from: string) =>
      (await readText(rpslContacts, from)).directory.responsibilities
        .map(({ institution, kind, value }) => `${institution} ${kind} ${value}`)
        .sort();
    expect(await values(backwards)).toEqual(await values(text));
  });
});
