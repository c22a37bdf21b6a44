import type { Comparison, Expression } from "./parse-pattern.ts";

/** What one path of a pattern is to be equal to. */
export interface Equal {
  readonly path: string;
  readonly value: string;
}

/** Comparisons that hold together. */
export type Alternative = readonly Equal[];

/** More than this is no indicator but a way to fill memory. */
const MOST = 100_000;

/**
 * The ways in which an expression can hold, each as the comparisons of it that are wanted; a way with none of them is left out
 * by the caller. `undefined` if there are too many.
 */
export function alternativesOf(
  expression: Expression,
  wanted: (path: string) => boolean,
): Alternative[] | undefined {
  if (expression.is === "comparison") return ofComparison(expression, wanted);
  let all: Alternative[] = expression.is === "and" ? [[]] : [];
  for (const part of expression.parts) {
    const ways = alternativesOf(part, wanted);
    if (!ways) return undefined;
    if (expression.is === "and" && all.length * ways.length > MOST) return undefined;
    if (expression.is === "and") all = all.flatMap((one) => ways.map((way) => [...one, ...way]));
    else for (const way of ways) all.push(way);
  }
  return all.length > MOST ? undefined : withoutRepeats(all);
}

function ofComparison(
  { path, applies, values }: Comparison,
  wanted: (path: string) => boolean,
): Alternative[] {
  if (!applies || !wanted(path)) return [[]];
  return values.map((value) => [{ path, value }]);
}

/** The ways that say nothing are all the same. */
function withoutRepeats(all: Alternative[]): Alternative[] {
  const telling = all.filter((one) => one.length > 0);
  return telling.length === all.length ? all : [...telling, []];
}
