import type { Language } from "./language.ts";

/** Names that are printed in place of those of Unicode's CLDR. */
export type NameTable = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** The names that the product prints where CLDR's are long or disputed. */
export const countryNames: NameTable = {
  HK: { en: "Hong Kong", zh: "中国香港" },
  MO: { en: "Macao", zh: "中国澳门" },
  TW: { en: "Taiwan", zh: "中国台湾" },
};

const locales: Readonly<Record<Language, string>> = { en: "en", zh: "zh-Hans" };
const display = new Map<Language, Intl.DisplayNames>();

function cldrName(iso2: string, language: Language): string | undefined {
  let names = display.get(language);
  if (names === undefined) {
    names = new Intl.DisplayNames(locales[language], { type: "region" });
    display.set(language, names);
  }
  return names.of(iso2);
}

/** The name of a country or region by its ISO 3166-1 code. */
export function countryName(iso2: string, language: Language, table = countryNames): string {
  if (!/^[A-Z]{2}$/.test(iso2)) return language === "zh" ? "未知" : "unknown";
  return table[iso2]?.[language] ?? cldrName(iso2, language) ?? iso2;
}

/** As the headline of a row, and as whom web sites belong to. */
interface SectorWords {
  name: Readonly<Record<Language, string>>;
  owners: Readonly<Record<Language, string>>;
}

const sectors: Readonly<Record<string, SectorWords>> = {
  government: words("government", "政府", "government administrations", "政府机构"),
  "information-system": words("information systems", "信息系统", "information systems", "信息系统"),
  academic: words("education and research", "教育科研", "academic institutions", "教育科研机构"),
  military: words("military", "军队", "the military", "军队单位"),
  health: words("health", "医疗卫生", "health institutions", "医疗卫生机构"),
  finance: words("finance", "金融", "financial institutions", "金融机构"),
  energy: words("energy", "能源", "energy companies", "能源企业"),
  water: words("water", "水利", "water utilities", "水利单位"),
  transport: words("transport", "交通运输", "transport operators", "交通运输单位"),
  telecom: words("telecommunications", "电信", "telecom operators", "电信运营企业"),
  media: words("media", "媒体", "the media", "媒体"),
  industry: words("industry", "工业", "industrial companies", "工业企业"),
  commerce: words("commerce", "商业", "companies", "商业企业"),
  "non-profit": words(
    "non-profit organisations",
    "非营利组织",
    "non-profit organisations",
    "非营利组织",
  ),
  unknown: words("unknown", "未知", "owners of unknown sector", "行业未知单位"),
};

function words(en: string, zh: string, enOwners: string, zhOwners: string): SectorWords {
  return { name: { en, zh }, owners: { en: enOwners, zh: zhOwners } };
}

/** The name of a sector; an operator's own sector is its own name. */
export function sectorName(sector: string, language: Language): string {
  return sectors[sector || "unknown"]?.name[language] ?? sector;
}

/** Whom the web sites of a sector belong to, for a sentence. */
export function sectorOwners(sector: string, language: Language): string {
  return sectors[sector || "unknown"]?.owners[language] ?? sector;
}
