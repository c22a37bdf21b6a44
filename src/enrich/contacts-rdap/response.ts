import { z } from "zod";
import { readCard, type Card } from "./jcard.ts";

const Text = z.union([z.string(), z.number()]).transform(String);

/** Members of an RDAP object (RFC 9083) that we read; whatever else it has is left where it is. */
export const RdapObject = z.object({
  objectClassName: Text.optional(),
  handle: Text.optional(),
  name: Text.optional(),
  ldhName: z.string().optional(),
  country: z.string().optional(),
  startAddress: z.string().optional(),
  endAddress: z.string().optional(),
  startAutnum: z.number().optional(),
  endAutnum: z.number().optional(),
  entities: z.array(z.unknown()).optional(),
});
export type RdapObject = z.output<typeof RdapObject>;

const Entity = z.object({
  handle: Text.optional(),
  roles: z.array(z.string()).catch([]).default([]),
  vcardArray: z.unknown().optional(),
  entities: z.array(z.unknown()).optional(),
});

/** An entity that takes abuse reports. */
export interface AbuseEntity {
  readonly handle: string;
  readonly card: Card;
  /** 0 at the object itself, 1 in one of its entities... */
  readonly depth: number;
  /** The roles and the name of the entity that it stands in. */
  readonly within: readonly string[];
  readonly withinName: string;
}

/** Entities may stand in each other; one deeper than this is somebody's joke. */
const MOST_DEPTH = 8;

/** The entities with the role `abuse`, at any depth, the outermost first; those without a mail address are left out. */
export function abuseEntities(object: RdapObject): AbuseEntity[] {
  return collect(object.entities, 0, [], "").sort((left, right) => left.depth - right.depth);
}

function collect(
  entities: readonly unknown[] | undefined,
  depth: number,
  within: readonly string[],
  withinName: string,
): AbuseEntity[] {
  if (depth > MOST_DEPTH) return [];
  return (entities ?? []).flatMap((given) => {
    const { success, data } = Entity.safeParse(given);
    if (!success) return [];
    const { handle = "", roles, entities: inner } = data;
    const card = readCard(data.vcardArray);
    const isAbuse = roles.some((role) => role.toLowerCase() === "abuse");
    const found = isAbuse && card.emails.length > 0;
    return [
      ...(found ? [{ handle, card, depth, within, withinName }] : []),
      ...collect(inner, depth + 1, roles, card.name),
    ];
  });
}
