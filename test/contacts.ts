// Reads a directory's file as `institution import` does, and compares with what is expected beside the fixture.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { ContactsFormat } from "../src/app/case-ports.ts";
import type { DirectoryReading, ReadingOptions } from "../src/core/institution/index.ts";
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

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97);
}
