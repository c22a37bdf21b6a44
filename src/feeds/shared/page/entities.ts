const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Text with the entities of HTML and XML that feeds use written out. */
export function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, ten, hex, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
      const point = ten === undefined ? Number.parseInt(String(hex), 16) : Number(ten);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

/** The text of a piece of HTML: without its tags, in one line. */
export function textOf(html: string): string {
  const bare = html.replaceAll(/<[^>]*>/g, (tag) =>
    /^<\/?(br|p|div|li|t[abdhr]\w*)\b/i.test(tag) ? " " : "",
  );
  return decodeEntities(bare).replaceAll(/\s+/g, " ").trim();
}
