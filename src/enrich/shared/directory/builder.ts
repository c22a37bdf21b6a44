import {
  canonicalValue,
  type Contact,
  contactId,
  type DirectoryReading,
  type Institution,
  type Provenance,
  type ReadingOptions,
  type RefusedRecord,
  type Responsibility,
  type ResponsibilityKind,
} from "../../../core/institution/index.ts";
import { addressOf, domainName, plainWords } from "./addresses.ts";

/** What an importer knows of an institution; the rest is as of somebody whom we do not know. */
export type FoundInstitution = Pick<Institution, "id" | "name" | "kind"> & Partial<Institution>;

/** What an importer knows of a contact. */
export type FoundContact = Pick<Contact, "institution" | "address"> & Partial<Contact>;

/** Gathers the facts of one file. The first that is said of an institution, a contact or a responsibility stands. */
export class DirectoryBuilder {
  readonly #provenance: Provenance;
  readonly #countries: readonly string[] | undefined;
  readonly #institutions = new Map<string, Institution>();
  readonly #contacts = new Map<string, Contact>();
  readonly #responsibilities = new Map<string, Responsibility>();
  readonly #refused: RefusedRecord[] = [];
  readonly #orders = new Map<string, number>();

  constructor({ source, importedAt, countries }: ReadingOptions) {
    this.#provenance = { source, manual: false, importedAt };
    this.#countries = countries;
  }

  has(institution: string): boolean {
    return this.#institutions.has(institution);
  }

  institution(found: FoundInstitution): void {
    if (this.#institutions.has(found.id)) return;
    this.#institutions.set(found.id, {
      country: "",
      languages: [],
      tier: "T0",
      agreement: "",
      maxTlp: "clear",
      optedOut: false,
      ...found,
      name: plainWords(found.name) || found.id,
      relation: { state: "active", since: this.#provenance.importedAt, reason: "" },
      provenance: this.#provenance,
    });
  }

  /** Takes a contact; false, and nothing taken, if its address is none of its channel. */
  contact(found: FoundContact): boolean {
    const { institution, channel = "mail" } = found;
    const address = addressOf(channel, found.address);
    if (address === undefined) return false;
    const id = contactId(institution, channel, address);
    if (this.#contacts.has(id)) return true;
    this.#contacts.set(id, {
      role: "abuse",
      channel,
      order: this.#contactsOf(institution),
      language: "",
      key: null,
      hours: null,
      expires: null,
      ...found,
      id,
      address,
      status: found.status === "superseded" ? "superseded" : "unverified",
      verified: null,
      provenance: this.#provenance,
    });
    return true;
  }

  /** Takes what an institution answers for; false, and nothing taken, if it is nothing of its kind. */
  responsible(institution: string, kind: ResponsibilityKind, text: string): boolean {
    const value = canonicalValue(kind, kind === "domain" ? (domainName(text) ?? "") : text);
    if (value === undefined) return false;
    const provenance = this.#provenance;
    const key = `${institution} ${kind} ${value}`;
    if (!this.#responsibilities.has(key))
      this.#responsibilities.set(key, { institution, kind, value, provenance });
    return true;
  }

  refuse(line: number, reason: string): void {
    this.#refused.push({ line, reason });
  }

  finish(): DirectoryReading {
    const isWanted = (id: string): boolean => this.#lies(this.#institutions.get(id)?.country ?? "");
    return {
      directory: {
        institutions: [...this.#institutions.values()].filter(({ id }) => isWanted(id)),
        contacts: [...this.#contacts.values()].filter((it) => isWanted(it.institution)),
        responsibilities: [...this.#responsibilities.values()].filter((it) =>
          isWanted(it.institution),
        ),
      },
      refused: this.#refused,
    };
  }

  /** Whether a country is one of those that are wanted; what lies nowhere is taken. */
  #lies(country: string): boolean {
    return country === "" || this.#countries?.includes(country) !== false;
  }

  /** How many contacts an institution had before: the order in which the file has them. */
  #contactsOf(institution: string): number {
    const order = this.#orders.get(institution) ?? 0;
    this.#orders.set(institution, order + 1);
    return order;
  }
}
