import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectFixture, expectSturdy, readText } from "../../../test/contacts.ts";
import { sharedData } from "../../../test/shared-data.ts";
import { trustedIntroducerContacts } from "./index.ts";

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

describe("contacts-ti", () => {
  it("reads its fixture, and a bad record costs itself only", async () => {
    await expectFixture(trustedIntroducerContacts, fixture("teams.json"));
  });

  it("takes nothing dangerous of a file that was tampered with", async () => {
    await expectSturdy(trustedIntroducerContacts, fixture("teams.json"));
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
      expect((await readText(trustedIntroducerContacts, text)).directory.institutions).toEqual([]);
  });
});

const sample = sharedData("reference/ti-teams-sample.json");

describe.skipIf(sample === undefined)("a sample of the real directory", () => {
  it("is read whole, with networks, domains and the key that lasts longest", async () => {
    const { directory, refused } = await readText(
      trustedIntroducerContacts,
      readFileSync(sample!, "utf8"),
    );
    expect(refused).toEqual([]);
    expect(directory.institutions.map(({ id, kind, tier }) => [id, kind, tier])).toEqual([
      ["ti-aec", "sector-csirt", "T2"],
      ["ti-aconet-cert", "sector-csirt", "T2"],
      ["ti-acn-ibe-csirt", "sector-csirt", "T1"],
      ["ti-cert-at", "national-csirt", "T2"],
    ]);
    const values = (kind: string) =>
      directory.responsibilities.filter((it) => it.kind === kind).map(({ value }) => value);
    expect(values("asn")).toEqual(["679", "760"]);
    expect(values("cidr")).toEqual(["103.0.0.0/16", "103.1.0.0/22", "103.1.4.0/24"]);
    expect(values("domain")).toEqual(["ac.at", "at", "wien", "tirol", "versicherung"]);
    expect(values("country")).toEqual(["AT"]);
    const mail = directory.contacts.find(({ address }) => address === "cert@aco.net");
    expect(mail?.key?.fingerprint).toBe("2A78AD3249202E1D240EAA71354DB7B6C8AFD18A");
    expect(mail?.hours).toMatchObject({ from: "09:00", until: "17:00", timeZone: "Europe/Berlin" });
  });
});
