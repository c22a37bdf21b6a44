import { type CountryCode, packCountry } from "../../core/network/index.ts";

/** Two-letter top-level domains that say no country: the European Union's, the Soviet Union's, those sold to everybody. */
const WORLDWIDE = new Set(
  "ac ad ai as bz cc cd cf co dj eu fm ga gg gq io la me ml ms nu sc sh sr st su tk to tv vc ws".split(
    " ",
  ),
);

/** Internationalised country-code top-level domains (IANA root zone). */
const INTERNATIONALISED: Readonly<Record<string, string>> = {
  AE: "xn--mgbaam7a8h",
  AM: "xn--y9a3aq",
  BD: "xn--54b7fta0cc",
  BG: "xn--90ae",
  BH: "xn--mgbcpq6gpa1a",
  BY: "xn--90ais",
  CN: "xn--fiqs8s xn--fiqz9s",
  DZ: "xn--lgbbat1ad8j",
  EG: "xn--wgbh1c",
  GE: "xn--node",
  GR: "xn--qxam",
  HK: "xn--j6w193g",
  IL: "xn--4dbrk0ce",
  IN: [
    "xn--2scrj9c xn--3hcrj9c xn--45br5cyl xn--h2breg3eve",
    "xn--h2brj9c8c xn--mgbgu82a xn--rvc1e0am3e xn--h2brj9c",
    "xn--mgbbh1a xn--mgbbh1a71e xn--fpcrj9c3d xn--gecrj9c",
    "xn--s9brj9c xn--45brj9c xn--xkc2dl3a5ee0h",
  ].join(" "),
  IQ: "xn--mgbtx2b",
  IR: "xn--mgba3a4f16a xn--mgba3a4fra",
  JO: "xn--mgbayh7gpa",
  KR: "xn--3e0b707e",
  KZ: "xn--80ao21a",
  LA: "xn--q7ce6a",
  LK: "xn--fzc2c9e2c xn--xkc2al3hye2a",
  MA: "xn--mgbc0a9azcg",
  MK: "xn--d1alf",
  MN: "xn--l1acc",
  MO: "xn--mix891f xn--mix082f",
  MR: "xn--mgbah1a3hjkrd",
  MY: "xn--mgbx4cd0ab",
  OM: "xn--mgb9awbf",
  PK: "xn--mgbai9azgqp6j xn--mgbai9a5eva00b",
  PS: "xn--ygbi2ammx",
  QA: "xn--wgbl6a",
  RS: "xn--90a3ac",
  RU: "xn--p1ai",
  SA: "xn--mgberp4a5d4ar xn--mgberp4a5d4a87g xn--mgbqly7c0a67fbc xn--mgbqly7cvafr",
  SD: "xn--mgbpl2fh",
  SG: "xn--yfro4i67o xn--clchc0ea0b2g2a9gcd",
  SY: "xn--ogbpf8fl xn--mgbtf8fl",
  TH: "xn--o3cw4h",
  TN: "xn--pgbs0dh",
  TW: "xn--kpry57d xn--kprw13d xn--nnx388a",
  UA: "xn--j1amh",
  YE: "xn--mgb2ddes",
};

const byTld = new Map<string, CountryCode>(
  Object.entries(INTERNATIONALISED).flatMap(([country, tlds]) =>
    tlds.split(" ").map((tld) => [tld, packCountry(country)] as const),
  ),
);

/** The country that a top-level domain stands for; 0 if it stands for none. `uk` is GB. */
export function countryOfTld(tld: string): CountryCode {
  if (tld === "uk") return packCountry("GB");
  if (tld.length === 2) return WORLDWIDE.has(tld) ? 0 : packCountry(tld);
  return byTld.get(tld) ?? 0;
}
