// One observation of each kind, as each standard writes it. After a wanted change: vitest run test/exchange/golden.test.ts -u
import { describe, expect, it } from "vitest";
import { allKinds } from "../../src/core/taxonomy/index.ts";
import { exchangeFormats } from "../../src/exchange/index.ts";
import { recordsOf, type Said, write } from "./observations.ts";

const START = Date.UTC(2024, 1, 29, 12, 0, 0, 500);

/** In turn a pair, a listing, a victim alone and a pair of IPv6, each with more said than the one before. */
const observations = allKinds.map((kind, at): Said => {
  const base = { kind, seenAt: START + at * 1000, protocol: [6, 17, 0, 47][at % 4]! };
  switch (at % 4) {
    case 0:
      return { ...base, victim: `192.0.2.${at}`, origin: `198.51.100.${at}`, originPort: 443 };
    case 1:
      return { ...base, origin: `203.0.113.${at}`, originHost: "bad.example", family: "Emotet" };
    case 2:
      return {
        ...base,
        victim: `192.0.2.${at}`,
        victimPort: 3389,
        victimHost: "www.example",
        url: "http://www.example/admin.php?a='1'",
        eventId: `event-${at}`,
        confidence: 80,
        extra: { "device.vendor": "ACME", note: 'a "quoted" word' },
      };
    default:
      return {
        ...base,
        victim: `2001:db8:1::${at}`,
        origin: `2001:db8:2::${at}`,
        originPort: 6667,
        seenUntil: base.seenAt + 3_600_000,
        count: at,
        tlp: "amber",
      };
  }
});

describe("one observation of each kind", () => {
  it.each(exchangeFormats.map((format) => [format.name, format] as const))(
    "is written as %s as the file beside says",
    async (name, format) => {
      const { text } = write(format, [recordsOf(observations)]);
      await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
    },
  );
});
