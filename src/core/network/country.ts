/** A country or region by its ISO 3166-1 alpha-2 code, packed into 16 bits; 0 is "not located". */
export type CountryCode = number;

/** Packs two upper-case letters; 0 if it is not two letters (so `""`, `"ZZZ"` and `"1"` are "not located"). */
export function packCountry(iso2: string): CountryCode {
  if (iso2.length !== 2) return 0;
  const first = iso2.charCodeAt(0) & ~0x20;
  const second = iso2.charCodeAt(1) & ~0x20;
  if (first < 65 || first > 90 || second < 65 || second > 90) return 0;
  return (first << 8) | second;
}

/** The two letters of a packed code; `""` for 0. */
export function unpackCountry(code: CountryCode): string {
  return code === 0 ? "" : String.fromCharCode(code >> 8, code & 0xff);
}
