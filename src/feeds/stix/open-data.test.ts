import { readdirSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { type Observed, observe } from "../shared/testing/observe.ts";
import { stix } from "./index.ts";

interface StixObject {
  readonly type: string;
  readonly id: string;
  readonly pattern?: string;
  readonly valid_from?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
  readonly name?: string;
}

const folder = sharedData("stix/");
const files = folder
  ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(json|stix2)$/.test(file),
    )
  : [];

/** One comparison of a host, and nothing else: to read it needs no grammar. */
const plain =
  /^\[\s*(?:(ipv4-addr|ipv6-addr|domain-name|url):value|network-traffic:(?:src|dst)_ref\.type\s*=\s*'[^']*'\s+AND\s+(?:network-traffic):(?:src|dst)_ref\.value)\s*=\s*'([^'\\]*)'\s*\]$/;
/** What is no host in any reading, as some of the authors wrote it. */
const noHost = /[<>+]|\.\.|^https?:?$|^\/|\/./;

function hostOf(value: string, isUrl: boolean): string | undefined {
  const clear = value.trim().replaceAll("[.]", ".").replace(/^hxxp/, "http");
  const bare = isUrl
    ? clear
        .replace(/^[a-z]+:\/\//, "")
        .replace(/[/?#].*$/, "")
        .replace(/@(SSL|\d+)$/, "")
    : clear;
  const host = bare.replace(/:\d+$/, "").replace(/\.$/, "").toLowerCase();
  return noHost.test(isUrl ? bare || "/" : bare) || host === "" ? undefined : host;
}

describe.skipIf(!folder)("the open STIX bundles", () => {
  let checked = 0;
  afterAll(() => expect(checked).toBeGreaterThan(3000));

  it.each(files)("%s: what its indicators plainly say is what is read", (file) => {
    const bytes = readFileSync(join(folder!, file));
    const document = JSON.parse(bytes.toString()) as { objects?: StixObject[] };
    const objects = document.objects ?? [document as unknown as StixObject];
    const { rows, refusals } = observe(stix, file, bytes);
    const names = new Map(objects.map(({ id, name }) => [id, name]));
    const families = new Map<string, Set<string | undefined>>();
    for (const { source_ref: from, target_ref: to } of objects)
      if (to?.startsWith("malware--"))
        families.set(from!, new Set([...(families.get(from!) ?? []), names.get(to)]));
    const read = new Map<unknown, Observed[]>();
    for (const row of rows) read.set(row["eventId"], [...(read.get(row["eventId"]) ?? []), row]);
    let without = 0;
    for (const { type, id, pattern, valid_from } of objects) {
      if (type !== "indicator") continue;
      const [, ofType, value] = plain.exec(pattern!) ?? [];
      if (/^\[\s*file:[^[\]]*\]$/.test(pattern!) && !/ OR | AND /.test(pattern!))
        expect(read.get(id) ?? []).toEqual([]);
      if (value === undefined) continue;
      const host = hostOf(value, ofType === "url");
      if (host === undefined) {
        without++;
        continue;
      }
      // Some authors use one id for several indicators.
      const row = read.get(id)?.find((one) => {
        const fields = Object.values(one);
        return fields.includes(host) && (ofType !== "url" || fields.includes(value.trim()));
      });
      expect({ value, read: row !== undefined }).toEqual({ value, read: true });
      const side =
        row!["victim"] === undefined && row!["victimHost"] === undefined ? "origin" : "victim";
      expect(row![isIP(host) ? side : `${side}Host`]).toBe(host);
      if (ofType === "url") expect(row!["url"]).toBe(value.trim());
      if (families.has(id)) expect([...families.get(id)!]).toContain(row!["family"]);
      expect(read.get(id)!.map((one) => Date.parse(String(one["seenAt"])))).toContain(
        Date.parse(valid_from!),
      );
      checked++;
    }
    expect(refusals.length).toBeLessThanOrEqual(without + 1);
  });
});
