/** What a jCard (RFC 7095) says of an entity, as far as we need it. */
export interface Card {
  readonly name: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** Reads `["vcard", [[name, parameters, type, value...], ...]]`. Never throws: what is no jCard says nothing. */
export function readCard(vcard: unknown): Card {
  const [, properties] = Array.isArray(vcard) ? (vcard as unknown[]) : [];
  const all = (Array.isArray(properties) ? properties : []).filter(Array.isArray) as unknown[][];
  const values = (wanted: string): string[] =>
    all.flatMap(([name, , , ...given]) =>
      String(name).toLowerCase() === wanted ? given.flat().filter(isText) : [],
    );
  return {
    name: values("fn")[0] ?? values("org")[0] ?? "",
    emails: values("email"),
    phones: values("tel"),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
