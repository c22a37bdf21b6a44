import { beforeEach, describe, expect, it } from "vitest";
import { answersFor, contact, from, institution } from "../../../../test/directory-facts.ts";
import type { CaseStore } from "../../case-ports.ts";
import type { DirectoryReading } from "../../../core/institution/index.ts";
import { openMemoryCases } from "../../../store/cases-in-memory/index.ts";
import {
  addInstitution,
  editInstitution,
  importDirectory,
  type InstitutionEdit,
  listInstitutions,
  previewImport,
  removeInstitution,
  reviewContacts,
  showInstitution,
  verifyContact,
  whoAnswers,
} from "../index.ts";

const NOW = "2013-06-01T08:00:00.000Z";
const doing = { actor: "li", at: NOW };
const csv = { source: "csv", whole: true };
const none: InstitutionEdit = {
  facts: {},
  contacts: [],
  supersede: [],
  answersFor: [],
  noLongerFor: [],
};

let cases: CaseStore;
beforeEach(() => {
  cases = openMemoryCases();
});

const ours = from("csv");
const reading = (
  contacts = [contact("isp", "abuse@isp.example", { provenance: ours })],
): DirectoryReading => ({
  directory: {
    institutions: [institution("isp", { provenance: ours })],
    contacts,
    responsibilities: [answersFor("isp", "asn", "64500", ours)],
  },
  refused: [],
});

const trail = async () =>
  (await cases.read((session) => session.auditTrail({ limit: 100 }))).map(
    ({ actor, action, subject }) => `${actor} ${action} ${subject}`,
  );
const openTasks = () => cases.read((session) => session.tasks({ open: true, limit: 100 }));

describe("importDirectory", () => {
  it("does what the preview said, and the audit log says it", async () => {
    const preview = await previewImport(cases, reading(), csv);
    expect(await trail()).toEqual([]);
    expect(await importDirectory(cases, reading(), csv, doing)).toEqual(preview);
    expect(await trail()).toEqual([
      "li institution.imported institution:isp",
      "li directory.imported source:csv",
    ]);
    const [line] = await cases.read((session) => session.auditTrail({ limit: 1 }));
    expect([line?.before, line?.after]).toEqual([[], preview.map(({ after }) => after)]);
    expect(await importDirectory(cases, reading(), csv, doing)).toEqual([]);
    expect((await trail()).length).toBe(2);
    expect(await cases.verifyAudit()).toMatchObject({ broken: null });
  });

  it("refuses a file in which nothing was understood", async () => {
    await importDirectory(cases, reading(), csv, doing);
    const empty: DirectoryReading = {
      directory: { institutions: [], contacts: [], responsibilities: [] },
      refused: [{ line: 1, reason: "the header has no column institution" }],
    };
    await expect(importDirectory(cases, empty, csv, doing)).rejects.toMatchObject({
      code: "directory-unreadable",
      message: "nothing in it could be taken; line 1: the header has no column institution",
    });
    expect(await previewImport(cases, reading(), csv)).toEqual([]);
  });

  it("leaves what a person has edited since", async () => {
    await importDirectory(cases, reading(), csv, doing);
    await editInstitution(cases, "isp", { ...none, facts: { name: "By hand" } }, doing);
    expect(await importDirectory(cases, reading(), csv, doing)).toEqual([]);
  });
});

describe("an institution that a person enters", () => {
  const entered = (): Promise<unknown> =>
    addInstitution(
      cases,
      "north",
      {
        ...none,
        facts: { name: "North", kind: "operator", country: "NO" },
        contacts: [{ channel: "mail", address: "Abuse@North.Example" }],
        answersFor: ["AS64500", "198.51.100.9/24", "north.example"],
      },
      doing,
    );

  it("has its contacts and what it answers for in one form, by hand", async () => {
    await entered();
    const view = await showInstitution(cases, "north", NOW);
    expect(view.institution).toMatchObject({ name: "North", tier: "T0", maxTlp: "clear" });
    expect(view.contacts).toMatchObject([
      {
        contact: { id: "north/abuse@north.example", address: "Abuse@north.example" },
        standing: "unverified",
      },
    ]);
    expect(view.answersFor.map(({ value }) => value).sort()).toEqual([
      "198.51.100.0/24",
      "64500",
      "north.example",
    ]);
    await expect(entered()).rejects.toMatchObject({ code: "case-conflict" });
  });

  it("changes in what was said, and in nothing else", async () => {
    await entered();
    const relation = { state: "silent", reason: "no answers since March" } as const;
    await editInstitution(
      cases,
      "north",
      { ...none, relation, supersede: ["Abuse@north.example"], noLongerFor: ["north.example"] },
      { actor: "wang", at: "2013-07-01T08:00:00.000Z" },
    );
    const {
      institution: after,
      contacts,
      answersFor: parts,
    } = await showInstitution(cases, "north", NOW);
    expect(after).toMatchObject({
      name: "North",
      relation: { ...relation, since: "2013-07-01T08:00:00.000Z" },
    });
    expect(contacts.map(({ standing }) => standing)).toEqual(["superseded"]);
    expect(parts.length).toBe(2);
  });

  it.each([
    [{ contacts: [{ channel: "mail", address: "a@b.example\r\nBcc: c@d.example" }] }],
    [{ contacts: [{ channel: "file", address: "../../etc" }] }],
    [{ answersFor: ["nothing at all"] }],
    [{ noLongerFor: ["AS1"] }],
    [{ supersede: ["nobody@north.example"] }],
    [{ facts: { name: "North\r\nBcc: everybody@north.example" } }],
  ] as const)("takes nothing of %j", async (edit) => {
    await entered();
    const before = await trail();
    await expect(
      editInstitution(cases, "north", { ...none, ...edit }, doing),
    ).rejects.toMatchObject({ code: "usage" });
    expect(await trail()).toEqual(before);
  });

  it("goes with all that is of it, but not while it has an open incident", async () => {
    await entered();
    await removeInstitution(cases, "north", doing);
    await expect(showInstitution(cases, "north", NOW)).rejects.toMatchObject({
      code: "institution-unknown",
    });
    expect((await trail()).filter((line) => line.includes("removed")).length).toBe(5);
    await entered();
    await cases.write((session) =>
      session.putIncident({
        id: "I-20130601-000001",
        key: "k",
        institution: "north",
        side: "origin",
        threat: "c2-server",
        priority: "P1",
        openedAt: NOW,
        windowUntil: NOW,
        updatedAt: NOW,
        findings: 0,
        assignee: "",
        state: { at: "open" },
      }),
    );
    await expect(removeInstitution(cases, "north", doing)).rejects.toMatchObject({
      code: "case-conflict",
    });
  });
});

describe("verifyContact", () => {
  const said = { by: "Li Wei", how: "signed reply" };

  it("records who, when and how, and finishes what asked for it", async () => {
    await importDirectory(cases, reading(), csv, doing);
    const subject = "contact:isp/abuse@isp.example";
    await cases.write((session) =>
      session.openTask({
        id: "t",
        kind: "verify-contact",
        subject,
        why: "first alert",
        openedAt: NOW,
        dueAt: null,
      }),
    );
    const after = await verifyContact(cases, "abuse@isp.example", said, doing);
    expect(after).toMatchObject({ status: "official", verified: { at: NOW, ...said } });
    expect(await openTasks()).toEqual([]);
    expect((await listInstitutions(cases, { usable: true }, NOW)).length).toBe(1);
    expect(
      (await listInstitutions(cases, { usable: true }, "2014-01-01T00:00:00.000Z")).length,
    ).toBe(0);
    expect(await importDirectory(cases, reading(), csv, doing)).toEqual([]);
  });

  it("makes sure of nobody who is not there, is superseded or has ended", async () => {
    const gone = contact("isp", "old@isp.example", { provenance: ours, status: "superseded" });
    const ended = contact("isp", "x@isp.example", {
      provenance: ours,
      expires: "2013-05-31T00:00:00.000Z",
    });
    await importDirectory(cases, reading([gone, ended]), csv, doing);
    const code = (text: string, words = said) =>
      verifyContact(cases, text, words, doing).catch((error: { code: string }) => error.code);
    expect(await code("nobody@isp.example")).toBe("contact-unknown");
    expect(await code("old@isp.example")).toBe("usage");
    expect(await code("x@isp.example")).toBe("usage");
    expect(await code("x@isp.example", { by: " ", how: "phone" })).toBe("usage");
  });
});

describe("reviewContacts", () => {
  it("opens one task a contact, once, and none again for what a person has dealt with", async () => {
    await importDirectory(cases, reading(), csv, doing);
    await verifyContact(cases, "abuse@isp.example", { by: "li", how: "phone" }, doing);
    const on = (at: string) =>
      reviewContacts(cases, { actor: "daemon", at: `${at}T00:00:00.000Z` });
    expect(await on("2013-10-01")).toEqual([]);
    expect(await on("2013-11-05")).toMatchObject([
      {
        kind: "reverify-contact",
        subject: "contact:isp/abuse@isp.example",
        why: "its verification ends 2013-11-28",
      },
    ]);
    expect(await on("2013-11-06")).toEqual([]);
    const [task] = await openTasks();
    await cases.write((session) => session.finishTask(task!.id, "li", NOW, "not needed"));
    expect(await on("2013-11-07")).toEqual([]);
    await verifyContact(
      cases,
      "abuse@isp.example",
      { by: "li", how: "phone" },
      { actor: "li", at: "2013-12-01T00:00:00.000Z" },
    );
    expect((await on("2014-05-20")).length).toBe(1);
  });
});

describe("whoAnswers", () => {
  it("names institutions with their contacts, from the directory alone", async () => {
    await importDirectory(cases, reading(), csv, doing);
    const found = await whoAnswers(cases, { asn: 64_500, country: "", sector: "" }, NOW);
    expect(found).toMatchObject([
      {
        hit: { institution: "isp", kind: "asn" },
        view: { contacts: [{ standing: "unverified" }] },
      },
    ]);
  });
});
