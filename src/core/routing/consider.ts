import { tlpCeiling } from "../alert/index.ts";
import type { Finding } from "../finding/index.ts";
import type { Contact, Hit, Institution, InstitutionKind } from "../institution/index.ts";
import { type Tlp, tlpCode } from "../marking/index.ts";
import type { Instant } from "../time/index.ts";
import { chooseContact } from "./contact-choice.ts";
import { inhibitionOfInstitution } from "./inhibited.ts";
import type {
  Candidate,
  LossReason,
  RouteLookup,
  RouteRecipient,
  RoutingPolicy,
} from "./route-types.ts";

/** What candidates are considered for. */
export interface Question {
  readonly finding: Finding;
  readonly policy: RoutingPolicy;
  readonly lookup: RouteLookup;
  readonly now: Instant;
}

/** What came of considering somebody. */
export type Considered =
  | { readonly recipient: RouteRecipient; readonly phone: boolean }
  | { readonly lost: LossReason; readonly detail: string };

const GROUPS: Readonly<Record<InstitutionKind, RouteRecipient["group"]>> = {
  "national-csirt": "csirt",
  "sector-csirt": "csirt",
  authority: "csirt",
  operator: "operator",
  constituent: "operator",
  other: "operator",
  upstream: "upstream",
  registrar: "upstream",
  registry: "upstream",
  "regional-csirt": "regional",
};

/** On which part of the ladder an institution stands. */
export function groupOf(institution: Institution | undefined): Candidate["group"] {
  return institution === undefined ? "none" : GROUPS[institution.kind];
}

function whoIs({ kind }: Pick<Institution, "kind">): "team" | "operator" {
  return GROUPS[kind] === "csirt" || GROUPS[kind] === "regional" ? "team" : "operator";
}

/** Who of an institution may be written to at once about something of a marking, best first: what routing would choose. */
export function writableContacts(
  institution: Pick<Institution, "kind">,
  contacts: readonly Contact[],
  tlp: Tlp,
  now: Instant,
): RouteRecipient["alternates"] {
  const choice = chooseContact(contacts, whoIs(institution), tlp, now);
  if ("lost" in choice || choice.hold !== null) return [];
  const { contact, channel, alternates } = choice;
  return [{ contact, channel }, ...alternates];
}

/** Considers one who answers for the asset: it may be told, must wait for a person, or loses, and why. */
export function consider(question: Question, hit: Hit): Considered {
  const { finding, lookup, now } = question;
  const institution = lookup.institution(hit.institution);
  if (institution === undefined) return { lost: "unknown-institution", detail: "" };
  const denied = whyDenied(question, institution, hit);
  if (denied !== undefined) return denied;
  const group = GROUPS[institution.kind];
  const contacts = lookup.contactsOf(institution.id);
  const choice = chooseContact(contacts, whoIs(institution), finding.tlp, now);
  if ("lost" in choice) return choice;
  const { phone, ...contact } = choice;
  return {
    phone,
    recipient: { institution: institution.id, group, hit, tlp: finding.tlp, ...contact },
  };
}

/** One who may be told but has no contact: a person is to find one. */
export function withoutContact(question: Question, hit: Hit, detail: string): RouteRecipient {
  const institution = question.lookup.institution(hit.institution)!;
  return {
    institution: institution.id,
    group: GROUPS[institution.kind],
    hit,
    contact: "",
    channel: "mail",
    alternates: [],
    hold: {
      task: "find-contact",
      reason: `${institution.id} has no contact that can be used${detail && `: ${detail}`}`,
    },
    encrypted: false,
    tlp: question.finding.tlp,
  };
}

function whyDenied(
  { finding, policy, now }: Question,
  institution: Institution,
  hit: Hit,
): { lost: LossReason; detail: string } | undefined {
  const lost = (why: LossReason, detail = "") => ({ lost: why, detail });
  const { id, kind, country, relation } = institution;
  const atHome = policy.home.includes(country);
  if (kind === "national-csirt" && atHome) return lost("ourselves");
  if (finding.side === "victim" && !(atHome && hit.kind !== "country"))
    return lost(
      "victim-of-another",
      atHome
        ? "it answers for the country, not for the victim"
        : `victims at home are not shown to ${country || "anybody else"}`,
    );
  if (institution.optedOut) return lost("opted-out");
  const inhibition = inhibitionOfInstitution(id, policy.inhibitions, now);
  if (inhibition) return lost("inhibited", `until ${inhibition.until}: ${inhibition.reason}`);
  const { legalHold } = policy.rules;
  if (legalHold.institutions.includes(id) || legalHold.countries.includes(country))
    return lost("legal-hold", legalHold.reason);
  if (relation.state !== "active")
    return lost(`relation-${relation.state}`, `since ${relation.since}: ${relation.reason}`);
  const ceiling = tlpCeiling(institution);
  return ceiling === null || tlpCode(finding.tlp) > tlpCode(ceiling)
    ? lost("tlp-above", `${finding.tlp} is above ${ceiling ?? "anything"}`)
    : undefined;
}
