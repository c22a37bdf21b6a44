/** What the name of a file tells of its report type. */
export interface NamedType {
  readonly type: string;
  /** The name begins with the report's day, as Shadowserver's names do. */
  readonly dated: boolean;
}

const day = /(^|[^0-9])\d{4}([-_]?)\d{2}\2\d{2}(?![0-9])/;

/** Words that stand alone as a type, and may be part of any file's name. */
const plainWords = new Set(["blocklist", "special"]);

/** Whether the name is one that other files might have too. */
export function isPlainWord(type: string): boolean {
  return plainWords.has(type);
}

/** How Shadowserver's names of types begin. */
export const typePrefix =
  /^(blocklist|compromised|device|event|honeypot|malware|phish|population|ransomware|sandbox|scan|sinkhole|spam)[46]?_/;

/**
 * The report type in a file's name: `2024-07-04-scan_ics-123-example-asn.csv`, `scan_ics.csv`, `example_20240704_scan_ics`.
 * Of several words a known type wins; behind a day the first word is the type, known or not.
 */
export function typeInName(
  fileName: string,
  isKnown: (type: string) => boolean,
): NamedType | undefined {
  const name = fileName.toLowerCase().replace(/(\.(csv|jsonl?|txt))+$/, "");
  const found = day.exec(name);
  const dated = found !== null && found.index + found[1]!.length === 0;
  const parts = name.replace(day, "$1-").split(/[^a-z0-9_]+/);
  const clean = parts.map((part) => part.replaceAll(/^_+|_+$/g, "")).filter((part) => part !== "");
  const [first] = clean;
  if (first === undefined) return undefined;
  const known = isKnown(first)
    ? first
    : clean.find((part) => isKnown(part) && !isPlainWord(part) && !(dated && isTypeLike(first)));
  if (known !== undefined) return { type: known, dated };
  const type = clean.find(
    (part, at) => typePrefix.test(part) || (dated && at === 0 && isTypeLike(part)),
  );
  return type === undefined ? undefined : { type, dated };
}

function isTypeLike(word: string): boolean {
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(word);
}
