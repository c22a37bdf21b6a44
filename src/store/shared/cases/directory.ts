import type { CaseSession } from "../../../app/case-ports.ts";
import type {
  Contact,
  DirectoryChange,
  Institution,
  Responsibility,
} from "../../../core/institution/index.ts";
import { readSetting, writeSetting } from "./settings.ts";
import type { Cases } from "./tables.ts";

const VERSION = "directory.version";

/** The directory: small, read whole, so its rows are JSON beside what they are found by. */
export function directoryIn(cases: Cases) {
  const version = async (): Promise<number> => Number((await readSetting(cases, VERSION)) ?? 0);
  const contacts = cases.selectFrom("contacts").select("facts");
  return {
    directory: async () => ({
      institutions: factsOf<Institution>(
        await cases.selectFrom("institutions").select("facts").orderBy("id").execute(),
      ),
      contacts: factsOf<Contact>(await contacts.orderBy("id").execute()),
      responsibilities: await responsibilities(cases),
    }),
    institution: async (id) => {
      const rows = cases.selectFrom("institutions").select("facts").where("id", "=", id);
      return factsOf<Institution>(await rows.execute())[0];
    },
    contact: async (id) => factsOf<Contact>(await contacts.where("id", "=", id).execute())[0],
    contactsOf: async (institution) => {
      const rows = await contacts.where("institution", "=", institution).orderBy("id").execute();
      return factsOf<Contact>(rows).sort((a, b) => a.order - b.order);
    },
    changeDirectory: async (changes) => {
      for (const change of changes) await apply(cases, change);
      if (changes.length === 0) return;
      await writeSetting(cases, VERSION, String((await version()) + changes.length));
    },
    directoryVersion: version,
  } satisfies Partial<CaseSession>;
}

async function responsibilities(cases: Cases): Promise<Responsibility[]> {
  const rows = await cases
    .selectFrom("responsibilities")
    .selectAll()
    .orderBy("institution")
    .orderBy("kind")
    .orderBy("value")
    .execute();
  return rows.map(({ provenance, ...row }) => ({
    ...row,
    provenance: JSON.parse(provenance) as Responsibility["provenance"],
  }));
}

async function apply(cases: Cases, change: DirectoryChange): Promise<void> {
  switch (change.of) {
    case "institution":
      return changeInstitution(cases, change.before, change.after);
    case "contact":
      return changeContact(cases, change.before, change.after);
    case "responsibility":
      return changeResponsibility(cases, change.before, change.after);
  }
}

async function changeInstitution(
  cases: Cases,
  before: Institution | null,
  after: Institution | null,
): Promise<void> {
  if (before !== null && before.id !== after?.id)
    await cases.deleteFrom("institutions").where("id", "=", before.id).execute();
  if (after === null) return;
  const { id, country } = after;
  const facts = JSON.stringify(after);
  await cases
    .insertInto("institutions")
    .values({ id, country, facts })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ country, facts }))
    .execute();
}

async function changeContact(
  cases: Cases,
  before: Contact | null,
  after: Contact | null,
): Promise<void> {
  if (before !== null && before.id !== after?.id)
    await cases.deleteFrom("contacts").where("id", "=", before.id).execute();
  if (after === null) return;
  const { id, institution } = after;
  const facts = JSON.stringify(after);
  await cases
    .insertInto("contacts")
    .values({ id, institution, facts })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ institution, facts }))
    .execute();
}

async function changeResponsibility(
  cases: Cases,
  before: Responsibility | null,
  after: Responsibility | null,
): Promise<void> {
  if (before !== null)
    await cases
      .deleteFrom("responsibilities")
      .where("institution", "=", before.institution)
      .where("kind", "=", before.kind)
      .where("value", "=", before.value)
      .execute();
  if (after === null) return;
  const { institution, kind, value } = after;
  const provenance = JSON.stringify(after.provenance);
  await cases
    .insertInto("responsibilities")
    .values({ institution, kind, value, provenance })
    .onConflict((conflict) =>
      conflict.columns(["institution", "kind", "value"]).doUpdateSet({ provenance }),
    )
    .execute();
}

function factsOf<Row>(rows: readonly { readonly facts: string }[]): Row[] {
  return rows.map(({ facts }) => JSON.parse(facts) as Row);
}
