// Facts of a directory for tests: everything that is not said is usual.
import type {
  Contact,
  Institution,
  Provenance,
  Responsibility,
  ResponsibilityKind,
} from "../src/core/institution/index.ts";
import { contactId } from "../src/core/institution/index.ts";

/** When the facts of tests were imported. */
export const IMPORTED = "2013-01-01T00:00:00.000Z";

/** Where a fact of a test is from; `manual` if nothing is said. */
export function from(source = "manual"): Provenance {
  return { source, manual: source === "manual", importedAt: IMPORTED };
}

/** An institution of a test. */
export function institution(id: string, given: Partial<Institution> = {}): Institution {
  return {
    id,
    name: id,
    kind: "operator",
    country: "NO",
    languages: [],
    tier: "T0",
    relation: { state: "active", since: IMPORTED, reason: "" },
    agreement: "",
    maxTlp: "green",
    optedOut: false,
    provenance: from(),
    ...given,
  };
}

/** A mail contact of a test. */
export function contact(of: string, address: string, given: Partial<Contact> = {}): Contact {
  return {
    id: contactId(of, given.channel ?? "mail", address),
    institution: of,
    role: "abuse",
    channel: "mail",
    address,
    order: 0,
    language: "",
    key: null,
    hours: null,
    status: "unverified",
    verified: null,
    expires: null,
    provenance: from(),
    ...given,
  };
}

/** What an institution of a test answers for. */
export function answersFor(
  of: string,
  kind: ResponsibilityKind,
  value: string,
  provenance = from(),
): Responsibility {
  return { institution: of, kind, value, provenance };
}
