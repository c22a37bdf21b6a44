import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../../test/shared-data.ts";
import { alternativesOf, parsePattern } from "./index.ts";

/** The alternatives of all observations, as text. */
function ways(pattern: string): string[] {
  return parsePattern(pattern)!.flatMap((expression) =>
    alternativesOf(expression, () => true)!.map((way) =>
      way.map(({ path, value }) => `${path}=${value}`).join(" "),
    ),
  );
}

describe("parsePattern", () => {
  it.each([
    ["[ipv4-addr:value = '198.51.100.1']", ["ipv4-addr:value=198.51.100.1"]],
    ["[ipv4-addr:value='198.51.100.1']", ["ipv4-addr:value=198.51.100.1"]],
    [
      "[ipv4-addr:value IN ('198.51.100.1', '198.51.100.2')]",
      ["ipv4-addr:value=198.51.100.1", "ipv4-addr:value=198.51.100.2"],
    ],
    [
      "[network-traffic:dst_ref.value = '198.51.100.1' AND network-traffic:dst_port = 443 OR domain-name:value = 'c2.example']",
      [
        "network-traffic:dst_ref.value=198.51.100.1 network-traffic:dst_port=443",
        "domain-name:value=c2.example",
      ],
    ],
    [
      "[ipv4-addr:value = '198.51.100.1' AND (network-traffic:dst_port = 80 OR network-traffic:dst_port = '81')]",
      [
        "ipv4-addr:value=198.51.100.1 network-traffic:dst_port=80",
        "ipv4-addr:value=198.51.100.1 network-traffic:dst_port=81",
      ],
    ],
    ["[domain-name:resolves_to_refs[*].value = 'x']", ["domain-name:resolves_to_refs.value=x"]],
    ["[file:hashes.'SHA-256' = 'aa']", ["file:hashes.sha-256=aa"]],
    ["[url:value = 'http://a.example/it\\'s\\\\']", ["url:value=http://a.example/it's\\"]],
    ["[ipv4-addr:value ISSUBSET '198.51.100.0/24']", ["ipv4-addr:value=198.51.100.0/24"]],
    [
      "([a:b = 1] FOLLOWEDBY [c:d = true]) WITHIN 300 SECONDS OR [e:f = 2] REPEATS 5 TIMES START t'2024-01-01T00:00:00Z' STOP t'2024-01-02T00:00:00Z'",
      ["a:b=1", "c:d=true", "e:f=2"],
    ],
  ])("reads %s", (pattern, expected) => {
    expect(ways(pattern)).toEqual(expected);
  });

  it("takes no value from what is negated or only likened", () => {
    expect(
      ways("[a:b != 'x' AND c:d NOT IN ('y') AND e:f LIKE 'z%' AND g:h MATCHES '^i']"),
    ).toEqual([""]);
  });

  it.each([
    "",
    "[",
    "[]",
    "[a:b]",
    "[a:b = ]",
    "a:b = 1",
    "[a:b = 'x'",
    "[a:b = 'x'] AND",
    "[a:b ~ 1]",
  ])("does not take %j", (pattern) => {
    expect(parsePattern(pattern)).toBeUndefined();
  });

  it("gives up on what is nested too deeply, or has too many alternatives", () => {
    expect(parsePattern(`${"(".repeat(10_000)}[a:b = 1]${")".repeat(10_000)}`)).toBeUndefined();
    expect(parsePattern(`[${"(".repeat(10_000)}a:b = 1`)).toBeUndefined();
    const either = "(a:b = 1 OR a:b = 2)";
    const [expression] = parsePattern(
      `[${Array.from({ length: 30 }, () => either).join(" AND ")}]`,
    )!;
    expect(alternativesOf(expression!, () => true)).toBeUndefined();
    expect(alternativesOf(expression!, () => false)).toEqual([[]]);
  });

  it("never throws", () => {
    const part = fc.constantFrom(
      ..."[]()'\"=!<>,\\ ".split(""),
      "a:b",
      "AND",
      "OR",
      "IN",
      "NOT",
      "t'x'",
      "1",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join(" ")),
        ),
        (pattern) => {
          for (const expression of parsePattern(pattern) ?? [])
            alternativesOf(expression, () => true);
        },
      ),
    );
  });
});

const corpus = sharedData("stix/patterns.txt");

describe.skipIf(!corpus)("the open patterns", () => {
  it("are all in the grammar", () => {
    const patterns = readFileSync(corpus!, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => String(JSON.parse(line)));
    const odd = patterns.filter((pattern) => parsePattern(pattern) === undefined);
    expect(patterns.length).toBeGreaterThan(5000);
    expect(odd).toEqual([]);
  });
});
