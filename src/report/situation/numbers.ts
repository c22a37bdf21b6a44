import type { Language } from "../shared/language.ts";

const separated = new Intl.NumberFormat("en");

/**
 * A count as people write it in a sentence, never rounded: `5.63 million`, `563万` where two decimals hold the exact
 * number, else every digit: `13,408`. (English counts in millions, Chinese in 万, ten thousands.)
 */
export function countText(count: number, language: Language): string {
  const unit = language === "zh" ? 10_000 : 1_000_000;
  if (count < unit || (count * 100) % unit !== 0) return separated.format(count);
  return `${separated.format(count / unit)}${language === "zh" ? "万" : " million"}`;
}

/** A share of 0 to 1 with one decimal: `30.3%`. */
export function shareText(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (part / whole) * 100).toFixed(1)}%`;
}
