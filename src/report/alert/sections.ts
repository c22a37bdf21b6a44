import type { Statement } from "../../app/case-ports.ts";
import type { Instant } from "../../core/time/index.ts";
import { digits, type Facts, moment } from "./facts.ts";
import { itemLines } from "./item-lines.ts";
import type { Team } from "./team.ts";
import { wrap } from "./wrap.ts";

/** Lines that belong together; sections are parted by an empty line. */
export type Section = readonly string[];

/** Ticket, addressee, sender, deadline. */
export function headSection(facts: Facts): Section {
  const { labels } = facts.words;
  const { ticket, answerBy } = facts.statement;
  return [
    fact(facts, labels.ticket, ticket),
    fact(facts, labels.to, facts.to),
    fact(facts, labels.from, facts.team),
    ...(answerBy === null ? [] : [fact(facts, labels.answerBy, moment(answerBy, facts))]),
  ].flatMap((line) => wrap(line, "", "  "));
}

/** What it is about, in sentences. */
export function openingSections(facts: Facts): Section[] {
  const { message, items, total, firstSentAt, closing } = facts.statement;
  const paragraphs = facts.words.opening({
    message,
    team: facts.team,
    to: facts.to,
    noun: facts.noun,
    means: facts.means,
    family: facts.family,
    count: items.length,
    total,
    totalDigits: digits(total),
    since: firstSentAt === null ? "" : firstSentAt.slice(0, 10),
    closing: closing === null ? "" : facts.words.closing[closing],
  });
  const lines = paragraphs.map((paragraph) => wrap(paragraph));
  return items.length === 0 ? lines : [[heading(facts, "what"), ...lines.flat()]];
}

/** From when to when, over all items. */
export function sinceSection(facts: Facts): Section {
  const { items } = facts.statement;
  const { labels } = facts.words;
  const first = items.map(({ firstSeen }) => firstSeen).reduce(earlier);
  const last = items.map(({ lastSeen }) => lastSeen).reduce(later);
  return [
    heading(facts, "since"),
    fact(facts, labels.first, moment(first, facts)),
    fact(facts, labels.last, moment(last, facts)),
  ];
}

/** What to do, step by step. */
export function adviceSection(facts: Facts): Section {
  const steps = facts.advice.flatMap((step, at) => wrap(step, `${at + 1}. `, "   "));
  return [heading(facts, "advice"), ...steps];
}

/** How to answer. */
export function answerSection(facts: Facts): Section {
  const { how, words } = facts.words.answering[answersTo(facts.statement)];
  const list = words.flatMap(([word, meaning]) =>
    wrap(`${word}${facts.words.colon}${meaning}`, "- ", "  "),
  );
  return [heading(facts, "answer"), ...wrap(how), ...list];
}

/** All items, or as many as a text can have. */
export function listSection(languages: readonly [Facts, ...Facts[]]): Section {
  return [headings(languages, "list"), ...itemLines(languages[0])];
}

/** The names of the attached files. */
export function filesSection(languages: readonly [Facts, ...Facts[]]): Section {
  const { files } = languages[0].statement;
  return [headings(languages, "attached"), ...files.map((file) => `- ${file}`)];
}

/** Who wrote it. A line of two dashes and a blank would have programs cut off the marking below. */
export function footSection(
  languages: readonly [Facts, ...Facts[]],
  { phone, website }: Team,
): Section {
  const names = new Set(languages.map(({ team }) => team));
  const [facts] = languages;
  const { labels } = facts.words;
  return [
    ...names,
    ...(phone === "" ? [] : [fact(facts, labels.phone, phone)]),
    ...(website === "" ? [] : [fact(facts, labels.website, website)]),
  ];
}

function answersTo({ message }: Statement): "findings" | "closure" | "verification" {
  return message === "closure" || message === "verification" ? message : "findings";
}

function fact({ words }: Facts, label: string, value: string): string {
  return `${label}${words.colon}${value}`;
}

function heading({ words }: Facts, name: keyof Facts["words"]["headings"]): string {
  return words.heading(words.headings[name]);
}

function headings(languages: readonly Facts[], name: "list" | "attached"): string {
  return languages.map((facts) => heading(facts, name)).join(" ");
}

const earlier = (a: Instant, b: Instant) => (a < b ? a : b);
const later = (a: Instant, b: Instant) => (a > b ? a : b);
