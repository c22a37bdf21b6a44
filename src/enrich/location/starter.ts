import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readFileSync } from "node:fs";

/** A location table that comes from npm. */
export interface StarterTable {
  readonly name: string;
  /** `YYYY-MM-DD`, as its version says. */
  readonly date: string;
  readonly files: readonly string[];
}

const STARTERS = {
  country: {
    packageName: "@ip-location-db/geo-whois-asn-country",
    files: ["geo-whois-asn-country-ipv4-num.csv", "geo-whois-asn-country-ipv6.csv"],
  },
  asn: { packageName: "@ip-location-db/asn", files: ["asn-ipv4-num.csv", "asn-ipv6.csv"] },
} as const;

/**
 * The table to begin with, until the operator brings a better one: who was given the address space (registries and
 * routing), not where a host stands.
 */
export function starterTable(kind: keyof typeof STARTERS): StarterTable {
  const { packageName, files } = STARTERS[kind];
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = dirname(manifest);
  return {
    name: `${packageName.slice(packageName.indexOf("/") + 1)} ${version}`,
    date: dateOfVersion(version),
    files: files.map((file) => join(folder, file)),
  };
}

/** Versions end in the day and hour that the table was made: `2.3.2026061719`. */
function dateOfVersion(version: string): string {
  const day = /\.(\d{4})(\d\d)(\d\d)\d\d$/.exec(version);
  return day === null ? "" : `${day[1]}-${day[2]}-${day[3]}`;
}
