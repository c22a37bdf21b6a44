import { describe, expect, it } from "vitest";
import { countryName, sectorName } from "./index.ts";
import { countText } from "./numbers.ts";
import { periodText } from "./period-text.ts";

describe("periodText", () => {
  it.each([
    ["2013-01-01", "2013-05-31", "January to May 2013", "2013年1月至5月"],
    ["2013-05-01", "2013-05-31", "May 2013", "2013年5月"],
    ["2013-01-01", "2013-12-31", "2013", "2013年"],
    ["2012-01-01", "2013-12-31", "2012 to 2013", "2012年至2013年"],
    ["2012-11-01", "2013-02-28", "November 2012 to February 2013", "2012年11月至2013年2月"],
    ["2013-05-01", "2013-05-01", "1 May 2013", "2013年5月1日"],
    ["2013-01-03", "2013-05-05", "3 January to 5 May 2013", "2013年1月3日至5月5日"],
    [
      "2012-12-28",
      "2013-01-05",
      "28 December 2012 to 5 January 2013",
      "2012年12月28日至2013年1月5日",
    ],
  ])("says %s to %s as %s and %s", (from, to, english, chinese) => {
    expect(periodText(from, to, "en")).toBe(english);
    expect(periodText(from, to, "zh")).toBe(chinese);
  });
});

describe("countText", () => {
  it.each([
    [0, "0", "0"],
    [9_999, "9,999", "9,999"],
    [10_000, "10,000", "1万"],
    [12_345, "12,345", "12,345"],
    [1_000_000, "1 million", "100万"],
    [5_630_001, "5,630,001", "5,630,001"],
    [123_450_000, "123.45 million", "12,345万"],
  ])("says %d without rounding", (count, english, chinese) => {
    expect(countText(count, "en")).toBe(english);
    expect(countText(count, "zh")).toBe(chinese);
  });
});

describe("names", () => {
  it("takes countries from the override table, then from CLDR", () => {
    expect(countryName("HK", "en")).toBe("Hong Kong");
    expect(countryName("TW", "zh")).toBe("中国台湾");
    expect(countryName("US", "zh")).toBe("美国");
    expect(countryName("US", "en", { US: { en: "U.S.A.", zh: "美国" } })).toBe("U.S.A.");
    expect(countryName("", "zh")).toBe("未知");
  });

  it("leaves an operator's own sector as it is", () => {
    expect(sectorName("academic", "zh")).toBe("教育科研");
    expect(sectorName("", "en")).toBe("unknown");
    expect(sectorName("museum", "zh")).toBe("museum");
  });
});
