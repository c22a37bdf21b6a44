import type { Statement } from "../../app/case-ports.ts";
import { defangedHost, harmlessInstitution, harmlessName } from "./harmless.ts";
import { localMinute, utcMinute } from "./moment-text.ts";
import type { Team } from "./team.ts";
import { themeOf } from "./theme.ts";
import type { Vocabulary } from "./words/index.ts";

/** A statement in the words of one language: what its templates are filled with. */
export interface Facts {
  readonly words: Vocabulary;
  readonly statement: Statement;
  readonly team: string;
  readonly to: string;
  readonly title: string;
  readonly noun: string;
  readonly means: string;
  readonly advice: readonly string[];
  readonly family: string;
  /** The one asset, as it is shown; empty if there are several or none. */
  readonly asset: string;
}

const separated = new Intl.NumberFormat("en");

/** A count with separators, the same in every language that we write: `13,408`. */
export function digits(count: number): string {
  return separated.format(count);
}

/** Gathers the facts of a statement. */
export function factsOf(statement: Statement, words: Vocabulary, team: Team): Facts {
  const theme = themeOf(statement.side, statement.kind);
  const count = statement.items.length;
  const [only] = statement.items;
  return {
    words,
    statement,
    team: team.nameIn[words.language] ?? team.name,
    to: harmlessInstitution(statement.to),
    title: words.themes[theme].title(count),
    noun: words.themes[theme].noun(count, digits(count)),
    means: words.themes[theme].means,
    advice: words.advice[theme],
    family: harmlessName(statement.family),
    asset: count === 1 && only !== undefined ? shownAsset(only.asset, statement.side) : "",
  };
}

/** An asset as it is printed. The reader's own address stays as it is, to be searched for; whatever a mail program would make a link of does not. */
export function shownAsset(asset: string, side: Statement["side"]): string {
  const isAddress = /^[0-9.]+$/.test(asset) || asset.includes(":");
  return side === "victim" && isAddress
    ? asset.replace(/[^0-9a-fA-F.:]/g, "?")
    : defangedHost(asset);
}

/** A moment in UTC, and in the reader's zone if that is another one. */
export function moment(instant: string, { statement }: Facts): string {
  const local = localMinute(instant, statement.timeZone);
  const utc = utcMinute(instant);
  return local === undefined || statement.timeZone === null
    ? utc
    : `${utc} (${local} ${statement.timeZone})`;
}
