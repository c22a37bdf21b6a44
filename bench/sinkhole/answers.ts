/** Distinct addresses. */
export interface Hosts {
  readonly victims: number;
  readonly origins: number;
}

/** What both sides must count alike in the report. */
export interface Answers extends Hosts {
  /** Rows that are kept: each event once. */
  readonly kept: number;
  /** By country of the origins. */
  readonly byCountry: Readonly<Record<string, Hosts>>;
  readonly byDay: Readonly<Record<string, Hosts>>;
}

/** Every value that differs, as text; none if the answers are equal. */
export function differences(ours: Answers, theirs: Answers): string[] {
  const left = flatten(ours);
  const right = flatten(theirs);
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => `${name}: ${left.get(name)} and ${right.get(name)}`);
}

function flatten(answers: object, before = ""): Map<string, number> {
  return new Map(
    Object.entries(answers).flatMap(([name, value]: [string, number | object]) =>
      typeof value === "number"
        ? [[before + name, value] as const]
        : [...flatten(value, `${before}${name}.`)],
    ),
  );
}
