/** Reads the counting tests; README.md says how they are written. */
import { type Breakdown, breakdowns } from "../../src/core/measure/index.ts";
import { isKind, type Kind } from "../../src/core/taxonomy/index.ts";
import type { Row } from "../contract/fixture-rows.ts";
import type { Numbers, PlainCounts } from "../contract/plain-counts.ts";
import type { Asked } from "../contract/use-store.ts";

/** Rows that arrive. */
export interface BatchStep {
  readonly line: number;
  readonly feed: string;
  readonly rows: readonly Row[];
}

/** A question and its answer. */
export interface QuestionStep {
  readonly line: number;
  readonly text: string;
  readonly asked: Asked;
  readonly answer: PlainCounts;
}

/** A line of the file, cut into words. */
interface Line {
  readonly number: number;
  readonly indented: boolean;
  readonly words: readonly string[];
}

/** Reads a file's text. A mistake in it is an error that names the line. */
export function readScenario(text: string): (BatchStep | QuestionStep)[] {
  const lines = text
    .split("\n")
    .map((line, at) => ({
      number: at + 1,
      indented: line.startsWith(" "),
      words: line.trim().split(/\s+/),
    }))
    .filter(({ words }) => words[0] !== "" && !words[0]!.startsWith("#"));
  const steps: (BatchStep | QuestionStep)[] = [];
  for (let at = 0; at < lines.length;) {
    const head = lines[at++]!;
    const body: Line[] = [];
    while (lines[at]?.indented) body.push(lines[at++]!);
    steps.push(readStep(head, body));
  }
  return steps;
}

function readStep(head: Line, body: readonly Line[]): BatchStep | QuestionStep {
  if (head.words[0] === "batch") return readBatch(head, body);
  if (head.words[0] === "situation") return readQuestion(head, body);
  throw mistake(head, "begins neither a batch nor a situation");
}

const columns: readonly string[] = [
  "at",
  "kind",
  "victim",
  "host",
  "origin",
  "family",
  "eventId",
  "victimPort",
] satisfies (keyof Row)[];

function readBatch(head: Line, [names, ...body]: readonly Line[]): BatchStep {
  const unknown = names?.words.find((name) => !columns.includes(name));
  if (!names || unknown !== undefined) throw mistake(names ?? head, `has no column ${unknown}`);
  const rows = body.map((line) => {
    if (line.words.length !== names.words.length) throw mistake(line, "has too few or many cells");
    const cells = names.words.map((name, at) => [name, cellOf(name, line.words[at]!)] as const);
    return Object.fromEntries(cells.filter(([, cell]) => cell !== "-")) as unknown as Row;
  });
  return { line: head.number, feed: head.words[1] ?? "", rows };
}

function cellOf(column: string, word: string): string | number {
  return column === "victimPort" ? Number(word) : word;
}

function readQuestion(head: Line, body: readonly Line[]): QuestionStep {
  const [, first, last, ...more] = head.words as [string, string, string, ...string[]];
  const options = Object.fromEntries(pairsOf(head, more));
  const asked = {
    first,
    last,
    ...(options["home"] && { home: options["home"].split(",") }),
    ...(options["kind"] && { kind: readKind(head, options["kind"]) }),
    ...(options["by"] && { by: readBreakdown(head, options["by"]) }),
  };
  return { line: head.number, text: head.words.join(" "), asked, answer: readAnswer(body) };
}

function readKind(line: Line, word: string): Kind {
  if (!isKind(word)) throw mistake(line, `names no kind: ${word}`);
  return word;
}

function readBreakdown(line: Line, word: string): Breakdown {
  const found = breakdowns.find((by) => by === word);
  if (!found) throw mistake(line, `names no breakdown: ${word}`);
  return found;
}

function readAnswer(body: readonly Line[]): PlainCounts {
  const answer = {
    total: {} as Numbers,
    countries: {} as Record<string, Numbers>,
    sectors: {} as Record<string, number>,
    excluded: {} as Record<string, Numbers>,
    groups: {} as Record<string, Numbers>,
  };
  for (const line of body) {
    const [what, second = "", ...rest] = line.words;
    const key = second === "-" ? "" : second;
    if (what === "total") answer.total = readNumbers(line, line.words.slice(1));
    else if (what === "country") answer.countries[key] = readNumbers(line, rest);
    else if (what === "sector") answer.sectors[key] = Number(rest[0]);
    else if (what === "excluded") answer.excluded[key] = readNumbers(line, rest);
    else if (what === "group") answer.groups[key] = readNumbers(line, rest);
    else throw mistake(line, `cannot begin with ${what}`);
  }
  return answer;
}

const numberNames: Readonly<Record<string, true>> = {
  victims: true,
  origins: true,
  originsWithVictims: true,
  websites: true,
  websiteOrigins: true,
  observations: true,
};

function readNumbers(line: Line, words: readonly string[]): Numbers {
  return Object.fromEntries(
    pairsOf(line, words).map(([name, word]) => {
      if (!numberNames[name] || !/^\d+$/.test(word)) throw mistake(line, `is wrong at ${name}`);
      return [name, Number(word)];
    }),
  );
}

function pairsOf(line: Line, words: readonly string[]): [string, string][] {
  if (words.length % 2 !== 0) throw mistake(line, "has a name without a value");
  return words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1]!]] : []));
}

function mistake(line: Line, what: string): SyntaxError {
  return new SyntaxError(`line ${line.number} ${what}`);
}
