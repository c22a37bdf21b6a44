import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectFixture, expectSturdy, readText } from "../../../test/contacts.ts";
import { placeholderReason } from "../../core/institution/index.ts";
import { csirtContacts } from "./index.ts";

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

describe("contacts-csirts", () => {
  it("reads its fixture, and a bad record costs itself only", async () => {
    await expectFixture(csirtContacts, fixture("csirts.csv"));
  });

  it("takes nothing dangerous of a file that was tampered with", async () => {
    await expectSturdy(csirtContacts, fixture("csirts.csv"));
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
      expect((await readText(csirtContacts, text)).directory.institutions).toEqual([]);
  });
});

describe("the list that ships", () => {
  const text = readFileSync(
    new URL("../../../data/directory/national-csirts.csv", import.meta.url),
    "utf8",
  );

  it("gives each of 110 countries one team that answers for it, and nobody who is verified", async () => {
    const { directory, refused } = await readText(csirtContacts, text);
    const { institutions, contacts, responsibilities } = directory;
    expect(refused).toEqual([]);
    expect(new Set(institutions.map(({ country }) => country)).size).toBe(110);
    expect(new Set(responsibilities.map(({ value }) => value)).size).toBe(responsibilities.length);
    expect(responsibilities.length).toBe(110);
    expect(contacts.filter(({ verified }) => verified !== null)).toEqual([]);
    expect(new Set(contacts.map(({ status }) => status))).toEqual(
      new Set(["unverified", "superseded"]),
    );
    const reachable = new Set(
      contacts
        .filter(({ status }) => status === "unverified")
        .map(({ institution }) => institution),
    );
    expect(responsibilities.filter(({ institution }) => reachable.has(institution)).length).toBe(
      107,
    );
    expect(contacts.filter(({ address }) => placeholderReason(address))).toEqual([]);
  });
});
