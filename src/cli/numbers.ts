const separated = new Intl.NumberFormat("en");

/** `13,408`. */
export function countText(count: number): string {
  return separated.format(count);
}

/** A share of 0 to 1: `30.3%`. */
export function shareText(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** `1.4 GB`; decimal units. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
