import type { InstitutionView, StandingContact } from "../../app/alerting/index.ts";
import { placeholderReason } from "../../core/institution/index.ts";
import type { Session } from "../session.ts";

/** Prints all that is known of an institution. */
export function printView(
  session: Session,
  { institution, contacts, answersFor }: InstitutionView,
): void {
  const { printer, words } = session;
  const t = words.institution;
  const { name, kind, country, languages, tier, maxTlp, relation, agreement, provenance } =
    institution;
  const place = country === "" ? "" : `, ${session.countryName(country)}`;
  printer.heading(`${institution.id}: ${name} (${kind}${place})`);
  printer.line(`  ${t.trust(tier, maxTlp)}`);
  printer.line(`  ${t.stands(t.relations[relation.state], day(relation.since), relation.reason)}`);
  if (agreement !== "") printer.line(`  ${t.restsOn(agreement)}`);
  if (institution.optedOut) printer.line(`  ${t.askedNot}`);
  printer.line(
    `  ${languages.length > 0 ? t.languagesAre(languages.join(", ")) : t.unknownLanguages}`,
  );
  printer.line(`  ${t.enteredBy(sourceOf(session, provenance), day(provenance.importedAt))}`);
  if (contacts.length > 0) printer.line();
  printContacts(session, contacts);
  if (answersFor.length === 0) return;
  printer.line();
  printer.heading(t.columns.answersFor);
  printer.table(
    [{ title: "" }, { title: "" }, { title: "" }],
    answersFor.map((part) => [part.kind, part.value, sourceOf(session, part.provenance)]),
  );
}

/** Prints contacts with how they stand, the one that is tried first in front. */
export function printContacts(session: Session, contacts: readonly StandingContact[]): void {
  const { printer, words } = session;
  const t = words.institution;
  if (contacts.length === 0) return;
  printer.table(
    [
      { title: t.columns.contact },
      { title: t.columns.role },
      { title: t.columns.standing },
      { title: t.columns.verified },
      { title: t.columns.from },
    ],
    contacts.map(({ contact, standing }) => {
      const { verified, key, channel, address } = contact;
      const reason = channel === "mail" ? placeholderReason(address) : undefined;
      return [
        [contact.id, key ? t.keyIs(key.fingerprint) : ""].filter((it) => it !== "").join(" "),
        contact.role,
        reason === undefined ? t.standings[standing] : t.placeholder(reason),
        verified === null ? "-" : t.verifiedBy(day(verified.at), verified.by, verified.how),
        sourceOf(session, contact.provenance),
      ];
    }),
  );
}

/** The day of an instant. */
export function day(instant: string): string {
  return instant.slice(0, 10);
}

function sourceOf(
  { words }: Session,
  { source, manual }: { source: string; manual: boolean },
): string {
  return manual ? words.institution.byHand : source;
}
