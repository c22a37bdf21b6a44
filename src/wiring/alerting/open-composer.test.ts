import { createSecretKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draft, finding } from "../../../test/mail/drafts.ts";
import { Alerting } from "../../config/index.ts";
import { Secret } from "../../core/secret.ts";
import { makeSigningKey } from "../../send/mail/index.ts";
import { openComposer } from "./open-composer.ts";
import { makeSight } from "./sight.ts";

const secret = createSecretKey(Buffer.alloc(32, 7));
const sight = makeSight({
  secret,
  home: ["CN"],
  feeds: { sinkhole: { about: { observes: ["sinkhole"], sharing: "anyone" } }, private: {} },
  lookup: () => ({ responsible: () => [] }),
});
const team = { name: "Example CERT", from: "alerts@cert.example", replyTo: "answers@cert.example" };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-composer-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the composer of a configuration", () => {
  it("signs with the key of the configuration, unlocked by its passphrase", async () => {
    const passphrase = new Secret("correct horse");
    const made = await makeSigningKey("Example CERT", team.from, {
      now: "2013-01-01T00:00:00.000Z",
      passphrase,
    });
    const openpgpKeyFile = join(folder, "key.asc");
    const openpgpPassphraseFile = join(folder, "passphrase");
    writeFileSync(openpgpKeyFile, made.privateKey.reveal());
    writeFileSync(openpgpPassphraseFile, "correct horse\n");
    const signing = { openpgpKeyFile, openpgpPassphraseFile };
    const composer = await openComposer(Alerting.parse({ team, signing }), secret, sight);
    const { bytes } = await composer.compose(draft);
    expect(Buffer.from(bytes).toString()).toContain("multipart/signed; micalg=pgp-sha512");
    writeFileSync(openpgpPassphraseFile, "wrong\n");
    await expect(
      openComposer(Alerting.parse({ team, signing }), secret, sight),
    ).rejects.toMatchObject({
      code: "key-unusable",
    });
  });

  it("writes without a key, and to a folder", async () => {
    const composer = await openComposer(Alerting.parse({ team }), secret, sight);
    const contact = { ...draft.contact, channel: "file", address: "csirt" } as const;
    const { bytes } = await composer.compose({ ...draft, contact });
    expect(Buffer.from(bytes).toString()).toMatch(/^\{\n {2}"tocsin": 1,/);
  });
});

describe("the sight of a configuration", () => {
  const to = (id: string) =>
    sight.recipientOf({ ...draft, institution: { ...draft.institution, id } }, true);

  it("names a victim in one way to a partner, and in another to another", () => {
    const name = to("a").pseudonym("198.51.100.9");
    expect(name).toMatch(/^v-[0-9a-f]{15}$/);
    expect(to("a").pseudonym("198.51.100.9")).toBe(name);
    expect(to("b").pseudonym("198.51.100.9")).not.toBe(name);
  });

  it("names a feed only if its licence lets it, and else says what it is", () => {
    expect(to("a").mayNameFeed("sinkhole")).toBe(true);
    expect(to("a").feedClass("sinkhole")).toBe("sinkhole");
    for (const feed of ["private", "unknown", "constructor"]) {
      expect(to("a").mayNameFeed(feed)).toBe(false);
      expect(to("a").feedClass(feed)).toBe("");
    }
  });

  it("counts the other side where nobody knows more", async () => {
    expect(await sight.counterpartsOf([finding])).toEqual([
      { count: 1_408, bySector: {}, known: [] },
    ]);
  });
});
