import { addressFromText } from "../../core/network/index.ts";
import { prefixesOfRange, prefixText, readPrefix } from "../../core/institution/index.ts";
import { type RpslObject, valueOf } from "./objects.ts";

/** A network or AS number, and what leads to those who answer for it. */
export interface Holding {
  readonly line: number;
  readonly kind: "cidr" | "asn";
  readonly values: readonly string[];
  readonly name: string;
  readonly country: string;
  readonly organisation: string;
  /** Handles of roles that take abuse reports, the closest first. */
  readonly abuse: readonly string[];
  readonly mailbox: string;
}

/** An organisation as a registry has it. */
export interface Organisation {
  readonly name: string;
  readonly country: string;
  readonly abuse: readonly string[];
  readonly mailbox: string;
}

/** Whoever takes reports: a role, a person or an IRT. */
export interface AbuseRole {
  readonly name: string;
  readonly mailbox: string;
}

/** What a registry's objects say, before one leads to another. */
export class Registry {
  readonly holdings: Holding[] = [];
  readonly organisations = new Map<string, Organisation>();
  readonly roles = new Map<string, AbuseRole>();

  /**
   * Takes an object; gives why not if it is one of ours and makes no sense. Classes are those of RPSL and of ARIN's
   * bulk text.
   */
  take(object: RpslObject): string | undefined {
    const [kind = "", key = ""] = object.attributes[0] ?? [];
    switch (kind) {
      case "inetnum":
      case "inet6num":
      case "nethandle":
      case "v6nethandle":
        return this.#takeNetwork(object);
      case "aut-num":
      case "ashandle":
        return this.#takeAutonomousSystem(object);
      case "organisation":
      case "orgid":
        this.organisations.set(key.toUpperCase(), organisationOf(object));
        return undefined;
      case "role":
      case "person":
      case "irt":
      case "pochandle":
        this.#takeRole(object, kind === "irt" || kind === "pochandle" ? key : "");
        return undefined;
      default:
        return undefined;
    }
  }

  #takeNetwork(object: RpslObject): string | undefined {
    const text = valueOf(object, "inetnum", "inet6num", "netrange");
    const values = networksOf(text);
    if (values.length === 0) return `it is no network: ${text}`;
    if (!isWhole(object, values)) this.holdings.push(holdingOf(object, "cidr", values));
    return undefined;
  }

  #takeAutonomousSystem(object: RpslObject): string | undefined {
    const text = valueOf(object, "aut-num", "asnumber");
    const [, first, last = first] = /^(?:AS)?(\d+)(?:\s*-\s*(?:AS)?(\d+))?$/i.exec(text) ?? [];
    const many = Number(last) - Number(first) + 1;
    if (!(many >= 1 && many <= 65_536)) return `it is no AS number: ${text}`;
    const values = Array.from({ length: many }, (_, at) => String(Number(first) + at));
    this.holdings.push(holdingOf(object, "asn", values));
    return undefined;
  }

  /** A person's own mailbox is not for reports, unless it is named as such. */
  #takeRole(object: RpslObject, key: string): void {
    const mailbox =
      valueOf(object, "abuse-mailbox") || (key && valueOf(object, "mailbox", "e-mail"));
    const handle = (key || valueOf(object, "nic-hdl")).toUpperCase();
    const name = valueOf(object, "role", "person", "irt", "lastname", "rolename");
    if (handle !== "" && mailbox !== "") this.roles.set(handle, { name, mailbox });
  }
}

/** A network is written as CIDR or as a range. */
function networksOf(text: string): string[] {
  const [first = "", last] = text.split(/\s*-\s*/);
  if (last === undefined) {
    const prefix = text.includes("/") ? readPrefix(text) : undefined;
    return prefix === undefined ? [] : [prefixText(prefix)];
  }
  const [from, until] = [addressFromText(first.trim()), addressFromText(last.trim())];
  return from && until ? prefixesOfRange(from, until).map(prefixText) : [];
}

/** What stands for everything, or for space that the registry does not manage: it answers for none of it. */
function isWhole(object: RpslObject, values: readonly string[]): boolean {
  const name = valueOf(object, "netname");
  return (
    values[0]?.endsWith("/0") === true || /^(IANA-|NON-RIPE-|EU-ZZ-|ERX-NETBLOCK|STUB-)/i.test(name)
  );
}

function organisationOf(object: RpslObject): Organisation {
  return {
    name: valueOf(object, "org-name", "orgname"),
    country: valueOf(object, "country"),
    abuse: handlesOf(object),
    mailbox: valueOf(object, "abuse-mailbox"),
  };
}

function holdingOf(object: RpslObject, kind: Holding["kind"], values: string[]): Holding {
  return {
    line: object.line,
    kind,
    values,
    name: valueOf(object, "netname", "as-name", "asname"),
    country: valueOf(object, "country").slice(0, 2).toUpperCase(),
    organisation: valueOf(object, "org", "orgid").toUpperCase(),
    abuse: handlesOf(object),
    mailbox: valueOf(object, "abuse-mailbox"),
  };
}

function handlesOf(object: RpslObject): string[] {
  return ["abuse-c", "abusehandle", "orgabusehandle", "mnt-irt"]
    .map((name) => valueOf(object, name).toUpperCase())
    .filter((handle) => handle !== "");
}
