import { situation } from "../app/situation.ts";
import type { Breakdown, Situation, SituationQuestion } from "../core/measure/index.ts";
import { type QuestionOptions, readHome, readKind, readPeriod, checkDays } from "./question.ts";
import type { Session } from "./session.ts";
import type { Workbench } from "./workbench.ts";

/** The question that the options ask of a data directory. */
export async function questionOf(
  bench: Workbench,
  options: QuestionOptions,
): Promise<SituationQuestion> {
  const home = readHome(options.home, bench.config.home);
  const kind = readKind(options.kind);
  checkDays(options);
  const store = await bench.store();
  const period = readPeriod(options, await store.span());
  return {
    period,
    home,
    ...(kind === undefined ? {} : { kind }),
    ...(options.by === undefined ? {} : { by: options.by as Breakdown }),
  };
}

/** Answers a question with names in the language of the session. */
export async function answer(
  session: Session,
  bench: Workbench,
  question: SituationQuestion,
): Promise<Situation> {
  return situation(await bench.store(), question, {
    country: (iso2) => session.countryName(iso2),
  });
}
