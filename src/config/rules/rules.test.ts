import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isFault } from "../../core/fault.ts";
import { defaultTimers } from "../../core/alert/index.ts";
import { defaultPriorities } from "../../core/routing/index.ts";
import { parseRules } from "../index.ts";

const shipped = readFileSync(new URL("../../../data/rules/default.yaml", import.meta.url), "utf8");

function mistakesIn(text: string): string[] {
  try {
    parseRules(text, "my.yaml");
  } catch (thrown) {
    if (isFault(thrown, "rules-invalid")) return thrown.message.split("\n");
    throw thrown;
  }
  return [];
}

describe("parseRules", () => {
  it("reads the rules that are shipped", () => {
    const { rules, version, timers, priorities } = parseRules(shipped, "default.yaml");
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(rules.map(({ name }) => name)).toContain("c2-servers");
    expect(timers).toEqual(defaultTimers);
    expect(priorities).toEqual(defaultPriorities);
  });

  it("fills in what is left out, and changes only what is said", () => {
    const { rules, timers, priorities, countries, caps } = parseRules(
      `countries: { de: csirt-first }
priorities: { phishing: P1 }
timers: { P2: { acknowledgement: 2bd, nextRung: null, reminder: 36h } }
rules:
  - name: all
    when: { asns: [AS64500, 64501], domains: [Example.COM.], maxTlp: white }
    send: { digestMinutes: 0 }
`,
      "my.yaml",
    );
    expect(countries).toEqual({ DE: "csirt-first" });
    expect(caps).toEqual({ perRecipientPerDay: 20, perRun: 500 });
    expect(priorities.byKind).toMatchObject({ phishing: "P1", "c2-server": "P1", scanner: "P3" });
    expect(timers.P2).toEqual({
      ...defaultTimers.P2,
      acknowledgement: { businessDays: 2 },
      nextRung: null,
      reminder: { minutes: 36 * 60 },
    });
    expect(rules).toEqual([
      {
        name: "all",
        when: { asns: [64_500, 64_501], domains: ["example.com"], maxTlp: "clear" },
        send: {
          to: ["csirt", "operator"],
          order: null,
          ladder: ["alternate-contact", "upstream", "regional", "home-action"],
          terms: {
            language: "auto",
            attachments: ["csv"],
            approval: "auto",
            digestMinutes: 0,
          },
        },
      },
    ]);
  });

  it("names all mistakes at once, each with its line and path", () => {
    const text = `order: sideways
legalHold: { countries: [XX1] }
timers: { P1: { reminder: soon } }
rules:
  - name: a
    when: { kinds: [botnet], networks: [10.0.0.0/33], asns: [AS0], feeds: [] }
    send: { digestMinutes: -1, to: [everybody] }
  - name: a
  - name: b
    deny: true
    colour: red
`;
    expect(mistakesIn(text)).toEqual([
      "my.yaml has 13 mistakes:",
      "  line 1: order: must be one of parallel, csirt-first, operator-first",
      "  line 2: legalHold.countries[0]: is no ISO 3166-1 code of two letters, such as CN",
      "  line 2: legalHold.reason: must say why",
      "  line 3: timers.P1.reminder: is no span such as 15m, 4h, 3d, or 2bd for business days",
      expect.stringMatching(/^ {2}line 6: rules\[0\]\.when\.kinds\[0\]: must be one of spam, /),
      "  line 6: rules[0].when.networks[0]: is no network such as 240.0.0.0/4",
      "  line 6: rules[0].when.asns[0]: is no AS number",
      "  line 6: rules[0].when.feeds: must not be empty: leave it out to match anything",
      "  line 7: rules[0].send.to[0]: must be one of csirt, operator",
      "  line 7: rules[0].send.digestMinutes: Too small: expected number to be >=0",
      "  line 8: rules[1]: decides nothing: it needs resolve, deny or send",
      "  line 10: rules[2].deny: must be a reason, or false",
      "  line 11: rules[2].colour: there is no such key",
    ]);
    const twice = `rules:
  - { name: a, deny: "no" }
  - { name: a, deny: "no" }
`;
    expect(mistakesIn(twice)).toEqual([
      "my.yaml has a mistake:",
      `  line 3: rules[1].name: there is a rule "a" already`,
    ]);
  });
});
