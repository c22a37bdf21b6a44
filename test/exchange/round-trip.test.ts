import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Tlp, tlpLevels } from "../../src/core/marking/index.ts";
import { exchangeFormats } from "../../src/exchange/index.ts";
import { feedFormats, recogniseFormat } from "../../src/feeds/index.ts";
import { anyObservation, read, recordsOf, type Said, write } from "./observations.ts";

const readers: Readonly<Record<string, string>> = {
  csv: "tocsin-csv",
  jsonl: "tocsin-jsonl",
  intelmq: "intelmq",
  n6: "n6",
  stix: "stix",
  misp: "misp",
};

const formats = exchangeFormats.map((format) => ({
  format,
  reader: feedFormats([]).find(({ name }) => name === readers[format.name])!,
}));

/** How many cases of each property. */
const RUNS = 100;

const several = fc.array(anyObservation, { minLength: 1, maxLength: 8 });
const sorted = (records: readonly { identity: string }[]) =>
  records.map(({ identity }) => identity).sort();

describe.each(formats)("what leaves as $format.name", ({ format, reader }) => {
  it("comes back with the same identity keys, all that was written and nothing else", () => {
    fc.assert(
      fc.property(several, (all) => {
        const records = recordsOf(all);
        const { text, written } = write(format, [records]);
        if (written === 0) return;
        const back = read(reader, text);
        expect(back).toHaveLength(written);
        // Which of several n6 cannot say, their keys tell.
        const known = new Set(sorted(records));
        if (written === records.length) expect(sorted(back)).toEqual(sorted(records));
        else expect(sorted(back).filter((identity) => !known.has(identity))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("comes back marked as strictly as it was, or more", () => {
    fc.assert(
      fc.property(anyObservation, (said) => {
        const records = recordsOf([said]);
        const { text, written } = write(format, [records]);
        if (written === 0) return;
        const [before, after] = [records[0]!.tlp, read(reader, text)[0]!.tlp];
        expect(tlpLevels.indexOf(after as Tlp)).toBeGreaterThanOrEqual(
          tlpLevels.indexOf(before as Tlp),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it.skipIf(format.name === "n6")(
    "comes back with what no key has: label, times, certainty",
    () => {
      fc.assert(
        fc.property(anyObservation, (said) => {
          const [before] = recordsOf([said]);
          // STIX counts to 999,999,999.
          const record = { ...before!, count: Math.min(before!.count, 999_999_999) };
          const [after] = read(reader, write(format, [[record]]).text);
          const { seenUntil, count, confidence, tlp } = record;
          const until = seenUntil === record.seenAt ? null : seenUntil;
          expect({ ...after, seenUntil: after!.seenUntil }).toMatchObject({
            count,
            confidence,
            tlp,
            seenUntil: until,
          });
          expect(valuesIn(after!.extra)).toEqual(expect.arrayContaining(valuesIn(record.extra)));
        }),
        { numRuns: RUNS },
      );
    },
  );

  it("is known among all formats", () => {
    const { text } = write(format, [recordsOf([bot, listing])]);
    const sample = { name: "export", head: new TextEncoder().encode(text) };
    expect(recogniseFormat(feedFormats([]), sample)?.format.name).toBe(reader.name);
  });

  it("says nothing of where the row lies here", () => {
    if (format.name === "csv" || format.name === "jsonl") return;
    expect(write(format, [recordsOf([bot, listing])]).text).not.toContain("private");
  });
});

describe("n6", () => {
  const { format: n6, reader } = formats.find(({ format }) => format.name === "n6")!;
  const written = (said: Said) => write(n6, [recordsOf([said])]).written;

  it.each<[string, Said]>([
    ["IPv6", { ...bot, victim: "2001:db8::1" }],
    ["a kind without a category", { ...bot, kind: "weak-crypto" }],
    ["a family of what is no malware", { ...bot, kind: "scanner" }],
    ["TLP:RED", { ...bot, tlp: "red" }],
    ["a protocol besides TCP, UDP and ICMP", { ...bot, protocol: 47 }],
    ["a bot without its address", { ...bot, victim: "", victimHost: "a.example" }],
    ["a URL whose host is not said", { ...bot, url: "http://c2.example/gate" }],
  ])("leaves out %s", (_what, said) => {
    expect(written(said)).toBe(0);
  });

  it("brings back the keys of all that it says, of the sort that it can say", () => {
    let said = 0;
    fc.assert(
      fc.property(several, (all) => {
        for (const record of recordsOf(all.map(tame))) {
          const { text, written: one } = write(n6, [[record]]);
          said += one;
          if (one > 0) expect(sorted(read(reader, text))).toEqual([record.identity]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(said).toBeGreaterThan(RUNS);
  });

  it("says what it can", () => {
    expect(written(bot)).toBe(1);
    expect(written(listing)).toBe(1);
    expect(written({ ...bot, originHost: "c2.example", url: "http://c2.example/gate" })).toBe(1);
  });
});

/** The values of extra texts: their names may have got a prefix. */
function valuesIn(extra: string): string[] {
  const members: unknown = JSON.parse(extra || "{}");
  return Object.values(members as Record<string, string>).filter(Boolean);
}

/** Much like what n6 can say. */
function tame(said: Said): Said {
  const { family, victimHost, originHost, url, ...rest } = said;
  const four = (address: string | undefined) =>
    address?.includes(":") ? { address: "198.51.100.77" } : { address };
  return {
    ...rest,
    ...(/^(infected|c2|malware)/.test(said.kind) && family ? { family } : {}),
    victim: four(said.victim).address ?? "192.0.2.9",
    origin: four(said.origin).address ?? "",
    protocol: [0, 1, 6, 17][(said.protocol ?? 0) % 4]!,
    tlp: "amber",
    ...(originHost && /^[a-z.]+$/.test(originHost) ? { originHost } : {}),
    ...(originHost && url?.startsWith("http") ? { originHost: "c2.example", url } : {}),
    ...(said.kind === "vulnerable-system" && victimHost ? { victimHost } : {}),
  };
}

const bot: Said = {
  kind: "infected-system",
  seenAt: Date.UTC(2024, 2, 1, 10, 0, 0, 250),
  victim: "192.0.2.1",
  origin: "198.51.100.7",
  originPort: 443,
  protocol: 6,
  family: "emotet",
};

const listing: Said = {
  kind: "c2-server",
  seenAt: Date.UTC(2024, 2, 1),
  origin: "203.0.113.9",
  originPort: 8080,
  family: "Qakbot",
};
