import type { Figures } from "./figures.ts";
import { countryName, sectorOwners } from "../shared/names.ts";
import { countText, shareText } from "./numbers.ts";
import { periodText } from "./period-text.ts";

const NAMED = 3;

/** The statement in English. */
export function englishStatement(figures: Figures): string[] {
  const sites = websites(figures);
  if (figures.kind === "web-backdoor" && sites.length > 0) return sites;
  return [computers(figures), ...leaders(figures), ...listings(figures), ...sites];
}

function computers({ victims, threats, ...figures }: Figures): string {
  const when = periodText(figures.firstDay, figures.lastDay, "en");
  const where = homeText(figures.home);
  const only = figures.kind === null ? "" : ` (only ${figures.kind})`;
  if (victims > 0)
    return (
      `${plural(victims, "computer")} in ${where} ${were(victims)} controlled or affected by ` +
      `${plural(threats, "threat")} from foreign addresses${only}, ${when}.`
    );
  if (threats > 0)
    return (
      `${count(threats)} foreign ${threats === 1 ? "address was" : "addresses were"} listed as ` +
      `${threats === 1 ? "a threat" : "threats"}${only}, ${when}; the feeds name no computer in ${where}.`
    );
  return `No computer in ${where} was reported as controlled or affected from abroad${only}, ${when}.`;
}

function leaders({ leaders, threats, victims }: Figures): string[] {
  const [first] = leaders;
  if (first === undefined) return [];
  const names = list(leaders.map(({ country }) => nameInText(country)));
  if (leaders.length > 1) {
    const each = `${count(first.threats)} each (${shareText(first.threats, threats)})`;
    return [
      `${capital(leaders.length > NAMED ? `${leaders.length} countries or regions` : names)} host the most: ${each}.`,
    ];
  }
  const part = `${count(first.threats)} of them (${shareText(first.threats, threats)}) ${were(first.threats)} in ${names}`;
  const affecting =
    victims > 0
      ? `, affecting ${plural(first.victims, "computer")} (${shareText(first.victims, victims)})`
      : "";
  return [`${part}${affecting}: ${names} still hosts the most.`];
}

function listings({ listed }: Figures): string[] {
  if (listed === 0) return [];
  const addresses = `${count(listed)} further foreign ${listed === 1 ? "address was" : "addresses were"}`;
  return [
    `${addresses} listed as ${listed === 1 ? "a threat" : "threats"} without a victim at home.`,
  ];
}

function websites({ websites, home }: Figures): string[] {
  const { total, byCountry, bySector } = websites;
  if (total === 0) return [];
  const named = bySector
    .slice(0, NAMED + 1)
    .map(({ sector, websites: n }) => `${sectorOwners(sector, "en")} (${count(n)})`);
  const rest = bySector.slice(NAMED + 1).reduce((sum, row) => sum + row.websites, 0);
  if (rest > 0) named.push(`others (${count(rest)})`);
  const first = byCountry[0];
  const from = first
    ? `, ${count(first.websites)} of them from addresses in ${nameInText(first.country)}`
    : "";
  return [
    `${plural(total, "web site")} in ${homeText(home)}, of ${list(named)}, ${were(total)} entered from abroad through back doors${from}.`,
  ];
}

function homeText(home: readonly string[]): string {
  if (home.length > NAMED) return `the home countries (${home.join(", ")})`;
  return list(home.map(nameInText));
}

const WITH_ARTICLE =
  /^(United|Netherlands|Bahamas|Gambia|Philippines|Seychelles|Maldives|Czech Rep)/;

/** The name as it stands in running text: `the United States`. */
function nameInText(iso2: string): string {
  const name = countryName(iso2, "en");
  return WITH_ARTICLE.test(name) ? `the ${name}` : name;
}

function list(items: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(items);
}

function count(number: number): string {
  return countText(number, "en");
}

function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function were(number: number): string {
  return number === 1 ? "was" : "were";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
