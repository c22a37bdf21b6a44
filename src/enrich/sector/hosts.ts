import type { CountryCode, DescribeHost, HostFacts } from "../../core/network/index.ts";
import { countryOfTld } from "./country-tlds.ts";

/** A host name or suffix, lower case, with what it says about itself and all names below it. */
export interface HostEntry {
  readonly host: string;
  /** `""` if it says no sector. */
  readonly sector: string;
  /** 0 if it says no country. */
  readonly country: CountryCode;
}

/** All that is known of host names; plain data, so that it can be sent to a worker thread. */
export interface HostDirectory {
  /** The operator's own list: beats `suffixes`, however long those are. */
  readonly operator: readonly HostEntry[];
  readonly suffixes: readonly HostEntry[];
}

/**
 * Opens a directory for look-ups. The longest entry that is the host or a parent of it decides; what it leaves open is said
 * by the suffixes, and the country last by the top-level domain. Answers are shared objects.
 */
export function openHosts(directory: HostDirectory): DescribeHost {
  const suffixes = new Map<string, HostFacts>();
  const operator = new Map<string, HostFacts>();
  const byTld = new Map<string, HostFacts>();

  function describeByTld(host: string): HostFacts {
    const tld = host.slice(host.lastIndexOf(".") + 1);
    const known = byTld.get(tld);
    if (known !== undefined) return known;
    const facts = { sector: "", country: countryOfTld(tld) };
    if (byTld.size < 10_000) byTld.set(tld, facts);
    return facts;
  }

  const describe: DescribeHost = (host) =>
    longest(operator, host) ?? longest(suffixes, host) ?? describeByTld(host);

  completeAll(directory.suffixes, suffixes, (entry) => describeByTld(entry.host));
  completeAll(
    directory.operator,
    operator,
    (entry) => longest(suffixes, entry.host) ?? describeByTld(entry.host),
  );
  return describe;
}

/** Fills what the entries leave open. */
function completeAll(
  entries: readonly HostEntry[],
  into: Map<string, HostFacts>,
  otherwise: (entry: HostEntry) => HostFacts,
): void {
  for (const entry of entries) {
    const rest = otherwise(entry);
    into.set(entry.host, {
      sector: entry.sector || rest.sector,
      country: entry.country || rest.country,
    });
  }
}

function longest(facts: ReadonlyMap<string, HostFacts>, host: string): HostFacts | undefined {
  if (facts.size === 0) return undefined;
  let name = host;
  for (;;) {
    const known = facts.get(name);
    if (known !== undefined) return known;
    const dot = name.indexOf(".");
    if (dot < 0) return undefined;
    name = name.slice(dot + 1);
  }
}
