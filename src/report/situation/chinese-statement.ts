import type { Figures } from "./figures.ts";
import { countryName, sectorOwners } from "../shared/names.ts";
import { countText, shareText } from "./numbers.ts";
import { periodText } from "./period-text.ts";

const NAMED = 3;

/** The statement in Simplified Chinese, in the wording of CNCERT's reports. */
export function chineseStatement(figures: Figures): string[] {
  const sites = websites(figures);
  if (figures.kind === "web-backdoor" && sites.length > 0) return sites;
  return [computers(figures), ...leaders(figures), ...listings(figures), ...sites];
}

function computers({ victims, threats, home, ...figures }: Figures): string {
  const when = periodText(figures.firstDay, figures.lastDay, "zh");
  const only = figures.kind === null ? "" : `（仅计${figures.kind}）`;
  const where = homeText(home);
  if (victims > 0)
    return `${when}，${where}境内${count(victims)}台主机受到境外${count(threats)}个IP地址的威胁控制或影响${only}。`;
  if (threats > 0)
    return `${when}，境外${count(threats)}个IP地址被列为威胁源${only}；各数据来源未指明${where}境内的受控主机。`;
  return `${when}，未接到${where}境内主机受境外控制或影响的报告${only}。`;
}

function leaders({ leaders, leadsVictims, threats, victims }: Figures): string[] {
  const [first] = leaders;
  if (first === undefined) return [];
  const share = `占${shareText(first.threats, threats)}`;
  if (leaders.length > 1) {
    const names =
      leaders.length > NAMED
        ? `${leaders.length}个国家或地区`
        : leaders.map(({ country }) => countryName(country, "zh")).join("、");
    return [`${names}数量并列首位，各有${count(first.threats)}个（${share}）。`];
  }
  const name = countryName(first.country, "zh");
  const affecting =
    victims > 0
      ? `，控制或影响境内${count(first.victims)}台主机（占${shareText(first.victims, victims)}）`
      : "";
  const rank =
    victims > 0 && leadsVictims ? "按威胁源数量和受影响主机数量排名均居首位" : "数量仍居首位";
  return [`其中${count(first.threats)}个位于${name}（${share}）${affecting}，${name}${rank}。`];
}

function listings({ listed }: Figures): string[] {
  if (listed === 0) return [];
  return [`另有境外${count(listed)}个IP地址被列为威胁源，尚未发现境内受害主机。`];
}

function websites({ websites, home }: Figures): string[] {
  const { total, byCountry, bySector } = websites;
  if (total === 0) return [];
  const named = bySector
    .slice(0, NAMED + 1)
    .map(({ sector, websites: n }) => `${sectorOwners(sector, "zh")}${count(n)}个`);
  const rest = bySector.slice(NAMED + 1).reduce((sum, row) => sum + row.websites, 0);
  if (rest > 0) named.push(`其他${count(rest)}个`);
  const first = byCountry[0];
  const from = first
    ? `，其中${count(first.websites)}个网站的入侵来自${countryName(first.country, "zh")}的IP地址`
    : "";
  return [
    `${homeText(home)}境内${count(total)}个网站（${named.join("、")}）被境外通过植入后门入侵${from}。`,
  ];
}

function homeText(home: readonly string[]): string {
  if (home.length > NAMED) return `本方所辖${home.length}个国家或地区`;
  return home.map((iso2) => countryName(iso2, "zh")).join("、");
}

function count(number: number): string {
  return countText(number, "zh");
}
