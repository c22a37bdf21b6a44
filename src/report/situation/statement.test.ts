import { describe, expect, it } from "vitest";
import { causes } from "../../core/measure/index.ts";
import type { CountryRow, Exclusion, Situation } from "../../core/measure/index.ts";
import { statement } from "./index.ts";

interface Given {
  period?: [string, string];
  home?: string[];
  victims?: number;
  origins?: number;
  originsWithVictims?: number;
  countries?: [string, origins: number, victims: number, withVictims?: number][];
  sites?: { total: number; countries: [string, number][]; sectors: [string, number][] };
}

/** A situation of 1:1 shape, with what a test gives. */
function situationOf(given: Given): Situation {
  const { period = ["2013-01-01", "2013-05-31"], victims = 0, origins = 0 } = given;
  const rows = (given.countries ?? []).map(
    ([country, from, to, withVictims = from]): CountryRow => ({
      country,
      name: country,
      origins: from,
      victims: to,
      originShare: 0,
      victimShare: 0,
      originRank: 1,
      victimRank: 1,
      originsWithVictims: withVictims,
    }),
  );
  const sites = given.sites ?? { total: 0, countries: [], sectors: [] };
  const nothing = { observations: 0, victims: 0, origins: 0 };
  const excluded = Object.fromEntries(causes.slice(1).map((cause) => [cause, nothing]));
  return {
    period: { from: period[0], until: period[1], lastDay: period[1] },
    home: given.home ?? ["CN"],
    kind: null,
    total: {
      victims,
      origins,
      originsWithVictims: given.originsWithVictims ?? origins,
      observations: 0,
    },
    byCountry: rows,
    websites: {
      total: sites.total,
      origins: 0,
      byCountry: sites.countries.map(([country, websites]) => {
        return { country, name: country, websites, origins: 0, share: 0 };
      }),
      bySector: sites.sectors.map(([sector, websites]) => ({ sector, websites, share: 0 })),
    },
    excluded: excluded as Record<Exclusion, typeof nothing>,
    overlap: "",
    basis: {
      exact: true,
      unit: "",
      kinds: [],
      locationTable: { name: "", date: "", others: 0 },
      feeds: [],
      asOf: null,
    },
  };
}

const founding: Given = {
  victims: 5_630_000,
  origins: 13_408,
  countries: [
    ["US", 4_062, 2_910_000],
    ["DE", 900, 300_000],
  ],
  sites: {
    total: 249,
    countries: [
      ["US", 54],
      ["HK", 30],
    ],
    sectors: [
      ["government", 147],
      ["academic", 63],
      ["information-system", 39],
    ],
  },
};

describe("statement", () => {
  it("says the founding statement in English", () => {
    expect(statement(situationOf(founding), "en")).toEqual([
      "5.63 million computers in China were controlled or affected by 13,408 threats from foreign addresses, January to May 2013.",
      "4,062 of them (30.3%) were in the United States, affecting 2.91 million computers (51.7%): the United States still hosts the most.",
      "249 web sites in China, of government administrations (147), academic institutions (63) and information systems (39), " +
        "were entered from abroad through back doors, 54 of them from addresses in the United States.",
    ]);
  });

  it("says the founding statement in Chinese, counted in 万 where that is exact", () => {
    expect(statement(situationOf(founding), "zh")).toEqual([
      "2013年1月至5月，中国境内563万台主机受到境外13,408个IP地址的威胁控制或影响。",
      "其中4,062个位于美国（占30.3%），控制或影响境内291万台主机（占51.7%），美国按威胁源数量和受影响主机数量排名均居首位。",
      "中国境内249个网站（政府机构147个、教育科研机构63个、信息系统39个）被境外通过植入后门入侵，其中54个网站的入侵来自美国的IP地址。",
    ]);
  });

  it("never rounds", () => {
    const exact = situationOf({ victims: 56_300, origins: 134, countries: [["US", 41, 29_101]] });
    expect(statement(exact, "en")[0]).toMatch(/^56,300 computers/);
    expect(statement(exact, "zh")[0]).toContain("5.63万台");
    expect(statement(exact, "zh")[1]).toContain("29,101台");
  });

  it("tells of listings where no feed names a victim", () => {
    const listed = situationOf({
      origins: 3_000,
      originsWithVictims: 0,
      countries: [["US", 1_000, 0, 0]],
      period: ["2024-02-01", "2024-02-29"],
    });
    expect(statement(listed, "en")).toEqual([
      "3,000 foreign addresses were listed as threats, February 2024; the feeds name no computer in China.",
      "1,000 of them (33.3%) were in the United States: the United States still hosts the most.",
    ]);
    expect(statement(listed, "zh")[0]).toBe(
      "2024年2月，境外3,000个IP地址被列为威胁源；各数据来源未指明中国境内的受控主机。",
    );
  });

  it("keeps listings apart from threats with victims", () => {
    const mixed = situationOf({
      victims: 5,
      origins: 10,
      originsWithVictims: 1,
      countries: [
        ["US", 9, 0, 0],
        ["FR", 1, 5, 1],
      ],
    });
    expect(statement(mixed, "en")).toEqual([
      "5 computers in China were controlled or affected by 1 threat from foreign addresses, January to May 2013.",
      "1 of them (100.0%) was in France, affecting 5 computers (100.0%): France still hosts the most.",
      "9 further foreign addresses were listed as threats without a victim at home.",
    ]);
    expect(statement(mixed, "zh")[2]).toBe("另有境外9个IP地址被列为威胁源，尚未发现境内受害主机。");
  });

  it("names no single leader where several are equal", () => {
    const tie = situationOf({
      victims: 5,
      origins: 4,
      countries: [
        ["US", 2, 3],
        ["FR", 2, 2],
      ],
    });
    expect(statement(tie, "en")[1]).toBe(
      "The United States and France host the most: 2 each (50.0%).",
    );
    expect(statement(tie, "zh")[1]).toBe("美国、法国数量并列首位，各有2个（占50.0%）。");
  });

  it("says one honest sentence of an empty store", () => {
    const empty = situationOf({ period: ["2013-05-01", "2013-05-01"], home: ["CN", "HK"] });
    expect(statement(empty, "en")).toEqual([
      "No computer in China and Hong Kong was reported as controlled or affected from abroad, 1 May 2013.",
    ]);
    expect(statement(empty, "zh")).toEqual([
      "2013年5月1日，未接到中国、中国香港境内主机受境外控制或影响的报告。",
    ]);
  });
});
