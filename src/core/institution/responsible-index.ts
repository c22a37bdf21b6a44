import { addressFromText } from "../network/index.ts";
import type { Contact } from "./contact.ts";
import type { Directory } from "./directory.ts";
import type { Institution } from "./institution.ts";
import { type Prefix, readPrefix } from "./prefix.ts";
import { PrefixTable } from "./prefix-table.ts";
import {
  type Responsibility,
  type ResponsibilityKind,
  responsibilityKinds,
} from "./responsibility.ts";

/** What somebody may be responsible for. Empty texts and 0 are unknown, and nobody answers for those. */
export interface Subject {
  readonly address?: string;
  readonly host?: string;
  readonly asn: number;
  readonly country: string;
  readonly sector: string;
}

/** That an institution answers for a subject, and by which of its responsibilities. */
export interface Hit {
  readonly institution: string;
  readonly kind: ResponsibilityKind;
  /** The responsibility's own value: the network or domain that the subject is in. */
  readonly value: string;
  /** How specific it is within its kind: bits of a network, labels of a domain, else 0. */
  readonly length: number;
  readonly manual: boolean;
  readonly source: string;
}

/**
 * Answers who is responsible, from a whole directory. It is built once for a version of the directory: look-ups make
 * little garbage and never wait.
 */
export class ResponsibleIndex {
  readonly #institutions: ReadonlyMap<string, Institution>;
  readonly #contacts: ReadonlyMap<string, readonly Contact[]>;
  readonly #ipv4: PrefixTable<Hit>;
  readonly #ipv6: PrefixTable<Hit>;
  /** Hits by kind and value; networks have tables of their own. */
  readonly #named: Readonly<Record<ResponsibilityKind, Map<string, Hit[]>>> = {
    domain: new Map(),
    cidr: new Map(),
    asn: new Map(),
    sector: new Map(),
    country: new Map(),
  };

  constructor({ institutions, contacts, responsibilities }: Directory) {
    this.#institutions = new Map(institutions.map((it) => [it.id, it]));
    this.#contacts = contactsInOrder(contacts);
    const networks: [Prefix, Hit][] = [];
    for (const responsibility of responsibilities) {
      const { institution, kind, value } = responsibility;
      if (!this.#institutions.has(institution)) continue;
      const prefix = kind === "cidr" ? readPrefix(value) : undefined;
      if (prefix !== undefined) networks.push([prefix, hitOf(responsibility, prefix.length)]);
      else if (kind === "domain") this.#add(hitOf(responsibility, value.split(".").length));
      else this.#add(hitOf(responsibility, 0));
    }
    const ofVersion = (wanted: number) =>
      new PrefixTable(networks.filter(([{ address }]) => address.version === wanted));
    this.#ipv4 = ofVersion(4);
    this.#ipv6 = ofVersion(6);
  }

  /**
   * All who answer for a subject. First what was entered by hand, then what was imported; of each domains, networks,
   * AS numbers, the most specific first. Whoever answers for its whole sector or country comes last.
   */
  responsible(subject: Subject): readonly Hit[] {
    const { asn, country, sector } = subject;
    const hits = [...this.#domains(subject.host ?? ""), ...this.#networks(subject.address ?? "")];
    if (asn > 0) hits.push(...this.#of("asn", String(asn)));
    if (sector !== "") hits.push(...this.#of("sector", sector));
    if (country !== "") hits.push(...this.#of("country", country));
    return hits.length < 2 ? hits : hits.sort(byPreference);
  }

  institution(id: string): Institution | undefined {
    return this.#institutions.get(id);
  }

  /** An institution's contacts, the one that is tried first in front, whatever their standing. */
  contactsOf(institution: string): readonly Contact[] {
    return this.#contacts.get(institution) ?? [];
  }

  #add(hit: Hit): void {
    const known = this.#named[hit.kind].get(hit.value);
    if (known === undefined) this.#named[hit.kind].set(hit.value, [hit]);
    else known.push(hit);
  }

  #of(kind: ResponsibilityKind, value: string): readonly Hit[] {
    return this.#named[kind].get(value) ?? [];
  }

  #networks(text: string): Hit[] {
    const address = text === "" ? undefined : addressFromText(text);
    if (address === undefined) return [];
    return (address.version === 4 ? this.#ipv4 : this.#ipv6).find(address);
  }

  #domains(text: string): Hit[] {
    const hits: Hit[] = [];
    let domain = text.toLowerCase().replace(/\.$/, "");
    while (domain !== "") {
      hits.push(...this.#of("domain", domain));
      const dot = domain.indexOf(".");
      domain = dot < 0 ? "" : domain.slice(dot + 1);
    }
    return hits;
  }
}

function contactsInOrder(contacts: readonly Contact[]): Map<string, Contact[]> {
  const found = new Map<string, Contact[]>();
  for (const contact of [...contacts].sort((left, right) => left.order - right.order)) {
    const known = found.get(contact.institution);
    if (known === undefined) found.set(contact.institution, [contact]);
    else known.push(contact);
  }
  return found;
}

function hitOf({ institution, kind, value, provenance }: Responsibility, length: number): Hit {
  const { manual, source } = provenance;
  return { institution, kind, value, length, manual, source };
}

const KIND_RANK = new Map(responsibilityKinds.map((kind, rank) => [kind, rank]));
const WIDE = ["sector", "country"];

function byPreference(left: Hit, right: Hit): number {
  return (
    Number(WIDE.includes(left.kind)) - Number(WIDE.includes(right.kind)) ||
    Number(right.manual) - Number(left.manual) ||
    KIND_RANK.get(left.kind)! - KIND_RANK.get(right.kind)! ||
    right.length - left.length ||
    (left.institution < right.institution ? -1 : Number(left.institution > right.institution))
  );
}
