// Reads a directory's file as `institution import` does, and compares with what is expected beside the fixture.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import type { ContactsFormat } from "../src/app/case-ports.ts";
import type { Directory, DirectoryReading, ReadingOptions } from "../src/core/institution/index.ts";
import { IMPORTED } from "./directory-facts.ts";

/** Reads a text, cut into small pieces as a slow disk would. */
export async function readText(
  format: ContactsFormat,
  text: string,
  options: Partial<ReadingOptions> = {},
): Promise<DirectoryReading> {
  return format.read(pieces(Buffer.from(text)), {
    source: "test",
    importedAt: IMPORTED,
    ...options,
  });
}

/** Reads a fixture and compares it with `<fixture>.expected.json`. */
export async function expectFixture(format: ContactsFormat, fixture: URL): Promise<void> {
  const reading = await readText(format, readFileSync(fixture, "utf8"));
  const beside = new URL(`${fixture.href}.expected.json`);
  if (process.env["UPDATE_FIXTURES"] === "1" || !existsSync(beside))
    writeFileSync(beside, `${JSON.stringify(reading, null, 2)}\n`);
  expect(reading).toEqual(JSON.parse(readFileSync(beside, "utf8")));
}

/** A fixture with something cut out of it and something put in: nothing throws, and nobody is verified or may end a header's line. */
export async function expectSturdy(format: ContactsFormat, fixture: URL): Promise<void> {
  const text = readFileSync(fixture, "utf8");
  const place = fc.integer({ min: 0, max: text.length });
  const noise = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constant("\r\nBcc: x@y.example"),
  );
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 0, max: 60 }), noise, async (at, cut, put) => {
      const { directory } = await readText(format, text.slice(0, at) + put + text.slice(at + cut));
      expect(dangersOf(directory)).toEqual([]);
    }),
    { numRuns: 30 },
  );
}

function dangersOf({ institutions, contacts, responsibilities }: Directory): unknown[] {
  const known = new Set(institutions.map(({ id }) => id));
  return [
    ...institutions.filter(({ name }) => /\p{Cc}/u.test(name)),
    ...contacts.filter(({ address }) => /[\p{Cc}\s]/u.test(address)),
    ...contacts.filter(({ verified, status }) => verified !== null || status === "official"),
    ...[...contacts, ...responsibilities].filter(({ institution }) => !known.has(institution)),
  ];
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97);
}
