import type { Outgoing } from "../shared/outgoing.ts";
import { isPlain } from "../shared/texts.ts";
import { categories, type Category, floodedTarget } from "./categories.ts";

type Side = "victim" | "origin";

/** The members of an event that tell of its two ends. */
export interface Ends {
  address?: { ip: string; cc?: string; asn?: number; rdns?: string }[];
  fqdn?: string;
  dip?: string;
  sport?: number;
  dport?: number;
}

/** The category of an observation; `undefined` if n6 has none. */
export function categoryOf({ kind, victim, origin, originHost }: Outgoing): Category | undefined {
  if (kind === "ddos" && victim !== "" && origin === "" && originHost === "") return floodedTarget;
  return Object.hasOwn(categories, kind) ? categories[kind] : undefined;
}

/** The two ends as events of a category say them; `undefined` if they cannot. */
export function endsOf(out: Outgoing, { address: role }: Category): Ends | undefined {
  const main: Side = role.endsWith("victim") ? "victim" : "origin";
  const other: Side = main === "victim" ? "origin" : "victim";
  const server = role.startsWith("server");
  const paired = out[other] !== "";
  if (!isFour(out[main]) || !isFour(out[other])) return undefined;
  // Only a bot's host name is not what `fqdn` names: that is the server that it called.
  const named: Side = role === "client-victim" ? "origin" : main;
  if (out[`${named === "victim" ? "origin" : "victim"}Host`] !== "" && role !== "client-victim")
    return undefined;
  if (out[main] === "" && (role === "client-victim" || out[`${main}Host`] === "")) return undefined;
  if (server && !paired && out[`${other}Port`] !== 0) return undefined;
  const fqdn = out[`${named}Host`];
  if (fqdn !== "" && !isName(fqdn)) return undefined;
  const rdns = role === "client-victim" ? out.victimHost : "";
  if (rdns !== "" && !isName(rdns)) return undefined;
  return {
    ...(out[main] === "" ? {} : { address: [addressOf(out, main, rdns)] }),
    ...(fqdn === "" ? {} : { fqdn }),
    ...(paired ? { dip: out[other] } : {}),
    ...portsOf(out[`${main}Port`], out[`${other}Port`], server && !paired),
  };
}

/** The reader takes the host of a URL for that of its side: so it can be said only where that is known to be so. */
export function saysUrl({ url, ...out }: Outgoing, { address: role }: Category): boolean {
  if (url === "") return true;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i.test(url) || !isPlain(url)) return false;
  const side: Side = role === "server-victim" ? "victim" : "origin";
  if (out[`${side}Host`] !== "") return true;
  return out[side] !== "" && /^[a-z][a-z0-9+.-]*:\/\/(\d+\.){3}\d+(:\d+)?(\/|$)/i.test(url);
}

function addressOf(out: Outgoing, side: Side, rdns: string): NonNullable<Ends["address"]>[0] {
  const country = out[`${side}Country`];
  const asn = out[`${side}Asn`];
  return {
    ip: out[side],
    ...(/^[A-Z]{2}$/.test(country) ? { cc: country } : {}),
    ...(asn === 0 ? {} : { asn }),
    ...(rdns === "" ? {} : { rdns }),
  };
}

function portsOf(main: number, other: number, reached: boolean): Pick<Ends, "sport" | "dport"> {
  if (reached) return main === 0 ? {} : { dport: main };
  return { ...(main === 0 ? {} : { sport: main }), ...(other === 0 ? {} : { dport: other }) };
}

/** n6 has addresses of IPv4 only. */
function isFour(address: string): boolean {
  return !address.includes(":");
}

/** A host name as n6 takes it; this one word means that it has none. */
function isName(host: string): boolean {
  return (
    /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host) &&
    !/^[\d.]+$/.test(host) &&
    host.length <= 255 &&
    host !== "unknown"
  );
}
