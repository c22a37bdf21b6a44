import type { ContactsFormat } from "../../app/case-ports.ts";
import {
  type DirectoryReading,
  placeholderReason,
  type ReadingOptions,
  slug,
} from "../../core/institution/index.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { rpslObjects } from "./objects.ts";
import { type AbuseRole, type Holding, Registry } from "./registry.ts";

/**
 * Databases of the regional registries: RPSL split files or dumps (RIPE, APNIC, AFRINIC) and ARIN's bulk text. Files
 * that lead to each other (inetnum, organisation, role) are read in one go, in any order.
 */
export const rpslContacts: ContactsFormat = {
  name: "rir",
  title: "Databases of regional registries: RPSL (RIPE, APNIC, AFRINIC) and ARIN's bulk text",
  whole: true,
  several: true,
  read: readRegistry,
};

async function readRegistry(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadingOptions,
): Promise<DirectoryReading> {
  const builder = new DirectoryBuilder(options);
  const registry = new Registry();
  for await (const object of rpslObjects(chunks)) {
    const reason = registry.take(object);
    if (reason !== undefined) builder.refuse(object.line, reason);
  }
  for (const holding of registry.holdings)
    if (options.countries?.includes(countryOf(registry, holding)) !== false)
      take(builder, registry, holding);
  return builder.finish();
}

/** A holding that leads to no mailbox says nothing of use; it is left out. */
function take(builder: DirectoryBuilder, registry: Registry, holding: Holding): void {
  const found = whoTakes(registry, holding);
  if (found === undefined) return;
  const reason = placeholderReason(found.mailbox);
  if (reason !== undefined)
    return builder.refuse(holding.line, `placeholder (${reason}): ${found.mailbox}`);
  const organisation = registry.organisations.get(holding.organisation);
  // Whoever takes the reports is the institution: networks of one organisation may have different ones.
  const id = `rir-${slug(found.handle || found.mailbox)}`;
  builder.institution({
    id,
    name: organisation?.name || found.name || holding.name,
    kind: "operator",
    country: countryOf(registry, holding),
  });
  if (!builder.contact({ institution: id, address: found.mailbox }))
    return builder.refuse(holding.line, `abuse mailbox is no mail address: ${found.mailbox}`);
  for (const value of holding.values) builder.responsible(id, holding.kind, value);
}

function countryOf(registry: Registry, { country, organisation }: Holding): string {
  const text = country || registry.organisations.get(organisation)?.country || "";
  return /^[A-Z]{2}$/.exec(text.toUpperCase())?.[0] ?? "";
}

/** The holding's own abuse contact beats its organisation's (ripe-705); a handle beats an old attribute. */
function whoTakes(
  { roles, organisations }: Registry,
  holding: Holding,
): (AbuseRole & { readonly handle: string }) | undefined {
  for (const from of [holding, organisations.get(holding.organisation)]) {
    for (const handle of from?.abuse ?? []) {
      const role = roles.get(handle);
      if (role !== undefined) return { ...role, handle };
    }
    if (from?.mailbox) return { name: "", mailbox: from.mailbox, handle: "" };
  }
  return undefined;
}
