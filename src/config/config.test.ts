import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isFault } from "../core/fault.ts";
import { isCountry, parseConfig, renderConfig, unsetConfig } from "./index.ts";

const PATH = "/etc/tocsin/tocsin.yaml";

function mistakesIn(text: string): string {
  try {
    parseConfig(text, PATH);
  } catch (thrown) {
    if (isFault(thrown, "config-invalid")) return thrown.message;
    throw thrown;
  }
  return "";
}

describe("parseConfig", () => {
  it("needs nothing but the home countries", () => {
    expect(parseConfig("home: [cn, HK]", PATH)).toEqual({
      home: ["CN", "HK"],
      location: { countryTables: [], asnTables: [] },
      allowReserved: [],
      sectorLists: [],
      warningLists: [],
      feeds: {},
      collect: { spoolBytes: 2 ** 32, fetches: 8 },
      csvMappings: [],
      cases: {},
    });
  });

  it("fills what is left out of a feed, and counts its files from the folder of the file", () => {
    const text = `home: [CN]
feeds:
  inbox: { from: { way: directory, path: in, after: { moveTo: /srv/done } }, priority: P1 }
  list: { from: { way: http, url: "https://feeds.example/a", auth: { tokenFile: t } } }
`;
    const { inbox, list } = parseConfig(text, PATH).feeds;
    expect(inbox).toMatchObject({
      from: { path: "/etc/tocsin/in", after: { moveTo: "/srv/done" }, settleSeconds: 5 },
      priority: "P1",
      enabled: true,
    });
    expect(list?.from).toMatchObject({ auth: { tokenFile: "/etc/tocsin/t" } });
  });

  it("says what is wrong with where a feed comes from", () => {
    const text = `home: [CN]
feeds:
  a: { from: { way: pigeon } }
  b: { from: { way: http, url: "https://user:secret@feeds.example/" } }
  c: { from: { way: http, url: "https://feeds.example/", auth: { password: secret } } }
  d: { from: { way: imap, host: mail.example, user: u } }
  e: { schedule: { everyMinutes: 5, cron: "* * * * *" } }
`;
    expect(mistakesIn(text).split("\n").slice(1)).toEqual([
      "  line 3: feeds.a.from.way: must name a way in: directory, http, imap, kafka, misp, nats, push, s3, shadowserver, syslog, taxii",
      "  line 4: feeds.b.from.url: is no http or https address, or has a user and password in it",
      "  line 5: feeds.c.from.auth: must have user and passwordFile, or tokenFile, or header and valueFile",
      "  line 6: feeds.d.from: must have passwordFile or tokenFile",
      "  line 7: feeds.e.schedule: must have everyMinutes, or cron with a timeZone",
    ]);
  });

  it("counts relative paths from the folder of the file", () => {
    const config = parseConfig("home: [CN]\nsectorLists: [sites.csv, /srv/hosts.csv]", PATH);
    expect(config.sectorLists).toEqual(["/etc/tocsin/sites.csv", "/srv/hosts.csv"]);
  });

  it("reports all mistakes at once, with line and path", () => {
    const text = [
      "home: [CN, XX]",
      "allowReserved: [240.0.0.0/33]",
      "feeds:",
      "  sinkhole:",
      "    tlp: secret",
      "jobs: 0",
      "langauge: zh",
      "csvMappings:",
      "  - name: mine",
      "    columns: { time: seen }",
    ].join("\n");
    expect(mistakesIn(text).split("\n")).toEqual([
      `${PATH} has 6 mistakes:`,
      "  line 1: home[1]: is no ISO 3166-1 code of two letters, such as CN",
      "  line 2: allowReserved[0]: is no network such as 240.0.0.0/4",
      "  line 5: feeds.sinkhole.tlp: must be one of clear, green, amber, amber+strict, red",
      "  line 10: csvMappings[0].columns: must name a column for victim, origin or victimHost",
      "  line 6: jobs: Too small: expected number to be >=1",
      "  line 7: langauge: there is no such key",
    ]);
  });

  it("says that home is missing when the file is empty", () => {
    expect(mistakesIn("")).toBe(`${PATH} has a mistake:\n  home: is missing`);
  });

  it("says where the text is no YAML", () => {
    expect(mistakesIn("home: [CN\njobs: 2")).toMatch(/has .*mistake.*\n.*line 2/);
  });

  it("fills a CSV mapping with its defaults", () => {
    const text =
      "home: [CN]\ncsvMappings: [{name: mine, columns: {time: t, victim: [ip, addr]}, tlp: white}]";
    expect(parseConfig(text, PATH).csvMappings).toEqual([
      {
        name: "mine",
        delimiter: ",",
        header: true,
        columns: { time: "t", victim: ["ip", "addr"] },
        kind: "infected-system",
        tlp: "clear",
        timeZone: "+00:00",
      },
    ]);
  });

  it("refuses a kind by value without the column of the values", () => {
    const text =
      "home: [CN]\ncsvMappings: [{name: m, columns: {time: t, origin: o}, kind: {bot: infected-system}}]";
    expect(mistakesIn(text)).toContain("csvMappings[0].columns.kind: is missing");
  });
});

it("docs/collecting.md shows configuration that is taken as it stands", () => {
  const text = readFileSync(new URL("../../docs/collecting.md", import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block]) => block!);
  const ways = blocks.flatMap((block) =>
    Object.values(parseConfig(`home: [NO]\n${block}`, PATH).feeds).map(({ from }) => from?.way),
  );
  const every = "directory http imap kafka misp nats push s3 shadowserver syslog taxii".split(" ");
  expect(new Set(ways)).toEqual(new Set(every));
});

describe("renderConfig", () => {
  it("gives a text that reads back as the same values", () => {
    const values = {
      home: ["CN", "NO"],
      allowReserved: ["240.0.0.0/4"],
      sectorLists: ["/srv/a: b.csv"],
      language: "zh" as const,
    };
    expect(parseConfig(renderConfig(values), PATH)).toEqual({ ...unsetConfig, ...values });
  });

  it("gives a text that reads back however long its lists are", () => {
    const allowReserved = Array.from({ length: 40 }, (_, i) => `240.0.${i}.0/24`);
    const values = { home: ["CN"], allowReserved, sectorLists: [`/srv/${"long ".repeat(40)}.csv`] };
    expect(parseConfig(renderConfig(values), PATH)).toEqual({ ...unsetConfig, ...values });
  });

  it("reads back without a language too", () => {
    const values = { home: ["SE"], allowReserved: [], sectorLists: [] };
    expect(parseConfig(renderConfig(values), PATH)).toEqual({ ...unsetConfig, ...values });
  });
});

describe("the alerting section of a new tocsin.yaml", () => {
  const written = renderConfig({ home: ["NO"], allowReserved: [], sectorLists: [] });

  it("is at rest", () => {
    expect(parseConfig(written, PATH).alerting).toBeUndefined();
  });

  it("is taken as it stands once the # before it is gone", () => {
    const section = /^# alerting:\n(?:#   .*\n)+/m.exec(written)?.[0] ?? "";
    const { alerting } = parseConfig(
      written.replace(section, section.replaceAll(/^# /gm, "")),
      PATH,
    );
    expect(alerting).toMatchObject({
      team: { name: "Example CERT", replyTo: "answers@cert.example" },
      onlyDomains: ["cert.example"],
      smtp: { security: "starttls", port: 587 },
      answers: { user: "answers" },
      signing: { openpgpKeyFile: expect.stringMatching(/\/openpgp-key\.asc$/) as string },
      fourEyesFrom: "amber",
    });
  });
});

describe("isCountry", () => {
  it("knows the assigned codes and no others", () => {
    expect(["CN", "US", "XK", "TW"].every(isCountry)).toBe(true);
    expect(["EU", "UK", "ZZ", "cn", "CHN", ""].some(isCountry)).toBe(false);
  });
});
