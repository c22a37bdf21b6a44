/** Traffic Light Protocol 2.0 (FIRST, 2022): how far an observation may travel. */

/** From least to most restricted; the stored code is the position. */
export const tlpLevels = ["clear", "green", "amber", "amber+strict", "red"] as const;

/** A TLP 2.0 label. */
export type Tlp = (typeof tlpLevels)[number];

/** The stored code of a label: 0 clear ... 4 red. */
export function tlpCode(tlp: Tlp): number {
  return tlpLevels.indexOf(tlp);
}

/** The label of a stored code; an unknown code is treated as `red`, so that a mistake never leaks. */
export function tlpOfCode(code: number): Tlp {
  return tlpLevels[code] ?? "red";
}

/**
 * Reads a label as people write it (`TLP:AMBER`, `white`). `white`, the TLP 1 word, is read as `clear`.
 * `undefined` if it is no label.
 */
export function parseTlp(text: string): Tlp | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^tlp:\s*/, "");
  if (word === "white") return "clear";
  return tlpLevels.find((level) => level === word);
}
