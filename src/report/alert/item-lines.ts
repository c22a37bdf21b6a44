import type { RedactedItem, Victims } from "../../core/alert/index.ts";
import { digits, type Facts, shownAsset } from "./facts.ts";
import { defangedHost, defangedUrl, harmlessName } from "./harmless.ts";
import { utcSecond } from "./moment-text.ts";
import { wrap } from "./wrap.ts";

/** Items that stand in the text; an attachment has all of them. */
const MOST_ITEMS = 20;

/** Names that are given by example stand in one line. */
const MOST_NAMES = 3;

/** The list of a message, numbered. */
export function itemLines(facts: Facts): string[] {
  const { items, files } = facts.statement;
  const lines = items
    .slice(0, MOST_ITEMS)
    .flatMap((item, at) => numbered(linesOf(item, facts), at));
  const left = items.length - MOST_ITEMS;
  if (left > 0) lines.push(facts.words.more(digits(left), files.length > 0));
  return lines;
}

function numbered([first = "", ...others]: string[], at: number): string[] {
  const number = `${at + 1}.`.padStart(3);
  return [`${number} ${first}`, ...others.flatMap((line) => wrap(line, "    ", "    "))];
}

function linesOf(item: RedactedItem, { words }: Facts): string[] {
  const { labels, colon } = words;
  const named = (label: keyof typeof labels, names: readonly string[]) =>
    names.length === 0 ? [] : [`${labels[label]}${colon}${some(names)}`];
  return [
    placeOf(item),
    [
      spanOf(item, words),
      words.seen(item.observations, digits(item.observations)),
      ...affects(item.victims, words),
    ].join(", "),
    ...(item.url === "" ? [] : [defangedUrl(item.url)]),
    ...victimLines(item.victims, words, named),
    ...named("offenders", item.offenders.map(defangedHost)),
    ...named("feeds", item.feeds.map(harmlessName)),
  ];
}

function spanOf({ firstSeen, lastSeen }: RedactedItem, words: Facts["words"]): string {
  const [first, last] = [utcSecond(firstSeen), utcSecond(lastSeen)];
  return first === last ? first : words.between(first, last);
}

/** `192.0.2[.]7, 443/tcp (bad[.]example)`. */
function placeOf({ side, asset, address, host, port, protocol }: RedactedItem): string {
  const service = [port > 0 ? String(port) : "", harmlessName(protocol)].filter(Boolean).join("/");
  const other = [address, host].find((it) => it !== "" && it !== asset);
  const also = other === undefined ? "" : ` (${shownAsset(other, side)})`;
  return `${shownAsset(asset, side)}${service === "" ? "" : `, ${service}`}${also}`;
}

function affects(victims: Victims | null, words: Facts["words"]): string[] {
  return victims === null || victims.count === 0
    ? []
    : [words.affects(victims.count, digits(victims.count))];
}

type Named = (label: "sectors" | "pseudonyms" | "own", names: readonly string[]) => string[];

function victimLines(victims: Victims | null, words: Facts["words"], named: Named): string[] {
  switch (victims?.say) {
    case undefined:
    case "count":
      return [];
    case "by-sector":
      return named(
        "sectors",
        Object.entries(victims.bySector)
          .toSorted(([, a], [, b]) => b - a)
          .map(([sector, count]) => `${harmlessName(words.sector(sector))} ${digits(count)}`),
      );
    case "pseudonyms":
      return named("pseudonyms", victims.pseudonyms.map(harmlessName));
    case "own":
      return named(
        "own",
        victims.own.map(({ address, host }) => shownAsset(address || host, "victim")),
      );
  }
}

function some(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ", ..." : "";
  return `${names.slice(0, MOST_NAMES).join(", ")}${more}`;
}
