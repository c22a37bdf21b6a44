/** A sector by its stored name, with its names for people. */
export interface Sector {
  readonly name: string;
  readonly en: string;
  readonly zh: string;
}

/** The sectors that the program knows; an operator's list may bring others. */
export const SECTORS = [
  { name: "government", en: "government", zh: "政府" },
  { name: "information-system", en: "information systems", zh: "信息系统" },
  { name: "academic", en: "education and research", zh: "教育科研" },
  { name: "military", en: "military", zh: "军队" },
  { name: "health", en: "health", zh: "医疗卫生" },
  { name: "finance", en: "finance", zh: "金融" },
  { name: "energy", en: "energy", zh: "能源" },
  { name: "water", en: "water", zh: "水利" },
  { name: "transport", en: "transport", zh: "交通运输" },
  { name: "telecom", en: "telecommunications", zh: "电信" },
  { name: "media", en: "media", zh: "媒体" },
  { name: "industry", en: "industry", zh: "工业" },
  { name: "commerce", en: "commerce", zh: "商业" },
  { name: "non-profit", en: "non-profit organisations", zh: "非营利组织" },
  { name: "", en: "unknown", zh: "未知" },
] as const satisfies readonly Sector[];

const byWord = new Map<string, string>(
  SECTORS.flatMap(({ name, en, zh }) => [name, en, zh].map((word) => [word, name] as const)),
);

/**
 * The stored name for a word of an operator's list: a known sector's name in any language, else the word itself if it is lower-case
 * letters, digits and hyphens. `undefined` if it is neither. `""` and `unknown` are "not known".
 */
export function sectorName(word: string): string | undefined {
  const lower = word.trim().toLowerCase();
  return byWord.get(lower) ?? (/^[a-z][a-z0-9-]{0,39}$/.test(lower) ? lower : undefined);
}
