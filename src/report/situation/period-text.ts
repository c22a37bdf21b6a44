import type { Language } from "../shared/language.ts";

interface Day {
  year: number;
  month: number;
  day: number;
}

/** A period of days, both inclusive (`YYYY-MM-DD`), in the shortest words: `January to May 2013`, `2013年1月至5月`. */
export function periodText(firstDay: string, lastDay: string, language: Language): string {
  const from = readDay(firstDay);
  const to = readDay(lastDay);
  const wholeMonths = from.day === 1 && to.day === daysInMonth(to);
  const wholeYears = wholeMonths && from.month === 1 && to.month === 12;
  const unit = wholeYears ? "year" : wholeMonths ? "month" : "day";
  return language === "zh" ? inChinese(from, to, unit) : inEnglish(from, to, unit);
}

type Unit = "year" | "month" | "day";

function inEnglish(from: Day, to: Day, unit: Unit): string {
  const end = englishParts(to, unit).join(" ");
  const start = englishParts(from, unit);
  if (start.join(" ") === end) return end;
  if (unit !== "year" && from.year === to.year) start.pop();
  return `${start.join(" ")} to ${end}`;
}

function englishParts({ year, month, day }: Day, unit: Unit): string[] {
  const name = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(
    Date.UTC(year, month - 1),
  );
  if (unit === "year") return [String(year)];
  return unit === "month" ? [name, String(year)] : [String(day), name, String(year)];
}

function inChinese(from: Day, to: Day, unit: Unit): string {
  const start = chineseText(from, unit);
  const end = chineseText(to, unit);
  if (start === end) return end;
  const sameYear = unit !== "year" && from.year === to.year;
  return `${start}至${sameYear ? end.slice(end.indexOf("年") + 1) : end}`;
}

function chineseText({ year, month, day }: Day, unit: Unit): string {
  if (unit === "year") return `${year}年`;
  return unit === "month" ? `${year}年${month}月` : `${year}年${month}月${day}日`;
}

function readDay(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return { year, month, day };
}

function daysInMonth({ year, month }: Day): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
