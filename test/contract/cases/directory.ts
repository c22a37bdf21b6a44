import { describe, expect, it } from "vitest";
import { contact, institution, responsibility } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putHosting, useCases } from "./use-cases.ts";

/** The directory of institutions. */
export function describeDirectory(open: OpenEmptyCases): void {
  describe("the directory", () => {
    const opened = useCases(open);

    it("gives back whom it knows, whole", async () => {
      const { store } = opened();
      await store.write(putHosting);
      expect(await store.read((session) => session.directory())).toEqual({
        institutions: [institution()],
        contacts: [contact()],
        responsibilities: [responsibility()],
      });
    });

    it("finds an institution and a contact by id, and an institution's contacts in their order", async () => {
      const { store } = opened();
      const phone = contact({ id: "a-phone", channel: "phone", order: 2, hours: null, key: null });
      await store.write(async (session) => {
        await putHosting(session);
        await session.changeDirectory([{ of: "contact", before: null, after: phone }]);
      });
      await store.read(async (session) => {
        expect(await session.institution("as-64500")).toEqual(institution());
        expect(await session.institution("nobody")).toBeUndefined();
        expect(await session.contact("a-phone")).toEqual(phone);
        expect(await session.contact("nobody")).toBeUndefined();
        expect(await session.contactsOf("as-64500")).toEqual([contact(), phone]);
        expect(await session.contactsOf("nobody")).toEqual([]);
      });
    });

    it("replaces what has changed, and moves its version by one with each change", async () => {
      const { store } = opened();
      await store.write(putHosting);
      const version = await store.read((session) => session.directoryVersion());
      const silent = institution({
        relation: { state: "silent", since: "2013-06-01T00:00:00.000Z", reason: "no answers" },
      });
      const narrower = responsibility({ kind: "cidr", value: "198.51.100.0/24" });
      await store.write((session) =>
        session.changeDirectory([
          { of: "institution", before: institution(), after: silent },
          { of: "responsibility", before: responsibility(), after: narrower },
        ]),
      );
      await store.read(async (session) => {
        expect(await session.directory()).toEqual({
          institutions: [silent],
          contacts: [contact()],
          responsibilities: [narrower],
        });
        expect(await session.directoryVersion()).toBe(version + 2);
      });
    });

    it("removes an institution after all that is of it, in whatever order they come", async () => {
      const { store } = opened();
      await store.write(putHosting);
      await store.write((session) =>
        session.changeDirectory([
          { of: "institution", before: institution(), after: null },
          { of: "contact", before: contact(), after: null },
          { of: "responsibility", before: responsibility(), after: null },
        ]),
      );
      const empty = { institutions: [], contacts: [], responsibilities: [] };
      expect(await store.read((session) => session.directory())).toEqual(empty);
    });

    it.each([
      ["an institution is removed that has contacts", institution(), null],
      ["a contact is of an institution that is not there", null, null],
    ])("stays as it is when %s", async (_, before, after) => {
      const { store } = opened();
      await store.write(putHosting);
      const version = await store.read((session) => session.directoryVersion());
      const stray = contact({ id: "stray", institution: "nobody" });
      const wrong = store.write((session) =>
        session.changeDirectory([
          before
            ? { of: "institution", before, after }
            : { of: "contact", before: null, after: stray },
        ]),
      );
      await expect(wrong).rejects.toMatchObject({ code: "case-conflict" });
      await store.read(async (session) => {
        expect(await session.institution("as-64500")).toEqual(institution());
        expect(await session.contact("stray")).toBeUndefined();
        expect(await session.directoryVersion()).toBe(version);
      });
    });
  });
}
