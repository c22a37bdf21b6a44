import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answersFor, contact, from, institution } from "../../../test/directory-facts.ts";
import {
  applyChanges,
  type Contact,
  type Directory,
  planImport,
  standingOf,
  tallyChanges,
} from "./index.ts";

const csv = { source: "csv", whole: true };
const ours = from("csv");
const empty: Directory = { institutions: [], contacts: [], responsibilities: [] };
const verified = { at: "2013-05-01T00:00:00.000Z", by: "li", how: "signed reply" };

const isp = institution("isp", { provenance: ours });
const desk = contact("isp", "abuse@isp.example", { provenance: ours });

describe("planImport", () => {
  it("adds what is new, in an order that can be applied", () => {
    const imported = {
      institutions: [isp],
      contacts: [desk],
      responsibilities: [answersFor("isp", "asn", "64500", ours)],
    };
    const plan = planImport(empty, imported, csv);
    expect(plan.map(({ of }) => of)).toEqual(["institution", "responsibility", "contact"]);
    expect(applyChanges(empty, plan)).toEqual(imported);
    expect(tallyChanges(plan)).toEqual({ added: 3, changed: 0, removed: 0 });
  });

  it("marks a contact that has gone as superseded, and removes a responsibility", () => {
    const current = {
      institutions: [isp],
      contacts: [{ ...desk, verified }],
      responsibilities: [answersFor("isp", "asn", "64500", ours)],
    };
    const plan = planImport(current, { ...empty, institutions: [isp] }, csv);
    const after = applyChanges(current, plan);
    expect(after.contacts).toEqual([{ ...desk, verified, status: "superseded" }]);
    expect(after.responsibilities).toEqual([]);
    expect(after.institutions).toEqual([isp]);
  });

  it("keeps a verification as long as the address is the same", () => {
    const current = {
      ...empty,
      institutions: [isp],
      contacts: [{ ...desk, verified, status: "official" as const }],
    };
    const moved = contact("isp", "soc@isp.example", { provenance: ours });
    const same = { ...desk, language: "no" };
    const after = applyChanges(
      current,
      planImport(current, { ...empty, institutions: [isp], contacts: [same, moved] }, csv),
    );
    const standing = (of: Contact | undefined) => of && standingOf(of, "2013-06-01T00:00:00.000Z");
    expect(after.contacts.map(({ address, language }) => [address, language])).toEqual([
      ["abuse@isp.example", "no"],
      ["soc@isp.example", ""],
    ]);
    expect(after.contacts.map(standing)).toEqual(["usable", "unverified"]);
  });

  it("takes a contact out of use that the source calls superseded, verified or not", () => {
    const current = { ...empty, institutions: [isp], contacts: [{ ...desk, verified }] };
    const wanted = { ...desk, status: "superseded" as const };
    const plan = planImport(current, { ...empty, institutions: [isp], contacts: [wanted] }, csv);
    expect(plan).toMatchObject([{ of: "contact", after: { status: "superseded", verified } }]);
  });

  it("never touches what a person entered", () => {
    const current = {
      institutions: [institution("isp", { name: "By hand" })],
      contacts: [contact("isp", "abuse@isp.example", { order: 5 })],
      responsibilities: [answersFor("isp", "asn", "64500")],
    };
    const imported = {
      institutions: [isp],
      contacts: [desk],
      responsibilities: [answersFor("isp", "asn", "64500", ours)],
    };
    expect(planImport(current, imported, csv)).toEqual([]);
  });

  it("looks only at the institutions that are in a partial import", () => {
    const far = contact("far", "abuse@far.example", { provenance: ours });
    const gone = contact("isp", "old@isp.example", { provenance: ours });
    const current = { ...empty, institutions: [isp], contacts: [far, gone] };
    const plan = planImport(
      current,
      { ...empty, institutions: [isp], contacts: [desk] },
      { source: "csv", whole: false },
    );
    expect(plan.map(({ after }) => after)).toMatchObject([
      { address: "abuse@isp.example" },
      { address: "old@isp.example", status: "superseded" },
    ]);
  });

  it("lets a relation begin when it changes, not when it is imported again", () => {
    const later = { ...isp, relation: { ...isp.relation, since: "2014-01-01T00:00:00.000Z" } };
    expect(
      planImport({ ...empty, institutions: [isp] }, { ...empty, institutions: [later] }, csv),
    ).toEqual([]);
  });
});

const sources = ["csv", "rdap", "manual"] as const;
const ids = fc.constantFrom("a", "b", "c");

function directories(from_: readonly string[]): fc.Arbitrary<Directory> {
  const source = fc.constantFrom(...from_).map((it) => from(it));
  return fc.record({
    institutions: fc.uniqueArray(
      fc
        .tuple(ids, source, fc.constantFrom("x", "y"))
        .map(([id, provenance, name]) => institution(id, { provenance, name })),
      { selector: ({ id }) => id },
    ),
    contacts: fc.uniqueArray(
      fc
        .tuple(
          ids,
          fc.constantFrom("p", "q"),
          source,
          fc.constantFrom("unverified", "superseded"),
          fc.boolean(),
        )
        .map(([of, local, provenance, status, done]) =>
          contact(of, `${local}@${of}.example`, {
            provenance,
            status: status as "unverified",
            verified: done && provenance.source !== "csv-fresh" ? verified : null,
          }),
        ),
      { selector: ({ id }) => id },
    ),
    responsibilities: fc.uniqueArray(
      fc
        .tuple(ids, fc.constantFrom("1", "2"), source)
        .map(([of, asn, provenance]) => answersFor(of, "asn", asn, provenance)),
      { selector: ({ institution: of, value }) => `${of} ${value}` },
    ),
  });
}

describe("planImport, for any directory", () => {
  const both = [directories(sources), directories(["csv"]), fc.boolean()] as const;

  it("changes nothing when it is run again", () => {
    fc.assert(
      fc.property(...both, (current, imported, whole) => {
        const options = { source: "csv", whole };
        const after = applyChanges(current, planImport(current, imported, options));
        expect(planImport(after, imported, options)).toEqual([]);
      }),
    );
  });

  it("leaves every fact of a person, and every living one of another source", () => {
    fc.assert(
      fc.property(...both, (current, imported, whole) => {
        const after = applyChanges(
          current,
          planImport(current, imported, { source: "csv", whole }),
        );
        const others = ({ institutions, contacts, responsibilities }: Directory) =>
          [...institutions, ...contacts, ...responsibilities].filter(
            (it) =>
              it.provenance.manual ||
              (it.provenance.source !== "csv" && !("status" in it && it.status === "superseded")),
          );
        for (const fact of others(current)) expect(others(after)).toContainEqual(fact);
      }),
    );
  });

  it("loses no institution, no contact and no verification", () => {
    fc.assert(
      fc.property(...both, (current, imported, whole) => {
        const after = applyChanges(
          current,
          planImport(current, imported, { source: "csv", whole }),
        );
        const now = new Map(after.contacts.map((it) => [it.id, it]));
        for (const { id, address, verified: was } of current.contacts) {
          expect(now.get(id)?.address).toBe(address);
          expect(now.get(id)?.verified).toEqual(was);
        }
        const left = new Set(after.institutions.map(({ id }) => id));
        for (const { id } of [...current.institutions, ...imported.institutions])
          expect(left).toContain(id);
      }),
    );
  });
});
