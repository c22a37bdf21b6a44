import { createHmac, type KeyObject } from "node:crypto";
import type { CaseFinding } from "../../app/case-ports.ts";
import type { Sight } from "../../app/message/index.ts";
import { type Counterparts, countOnly } from "../../core/alert/index.ts";
import { answersFor, type RouteLookup } from "../../core/routing/index.ts";
import type { Feed } from "../../config/index.ts";

/** What a sight is made of. */
export interface SightParts {
  /** Pseudonyms are made from it. */
  readonly secret: KeyObject;
  /** The countries that are home. */
  readonly home: readonly string[];
  readonly feeds: Readonly<Record<string, Pick<Feed, "about">>>;
  /** The directory as it is at the moment. */
  readonly lookup: () => Pick<RouteLookup, "responsible">;
  /** The other sides of findings; absent: only their number is told. */
  readonly counterpartsOf?: (findings: readonly CaseFinding[]) => Promise<readonly Counterparts[]>;
}

/** What redaction must know, from configuration and directory. */
export function makeSight({ secret, home, feeds, lookup, counterpartsOf }: SightParts): Sight {
  const about = (feed: string) => feeds[feed]?.about;
  return {
    recipientOf: ({ institution }, encrypted) => ({
      institution,
      encrypted,
      home,
      answersFor: (asset) => answersFor(lookup(), institution.id, asset),
      pseudonym: (victim) => pseudonym(secret, institution.id, victim),
      feedClass: (feed) => about(feed)?.observes?.[0] ?? "",
      mayNameFeed: (feed) => /^(anyone|non-commercial)$/.test(about(feed)?.sharing ?? "nobody"),
    }),
    counterpartsOf:
      counterpartsOf ??
      ((findings) => Promise.resolve(findings.map((finding) => countOnly(finding)))),
  };
}

/** 60 bits: the same victim has the same name for one partner, and nobody can try all addresses without the secret. */
function pseudonym(secret: KeyObject, institution: string, victim: string): string {
  const mac = createHmac("sha256", secret).update(`tocsin pseudonym\n${institution}\n${victim}`);
  return `v-${mac.digest("hex").slice(0, 15)}`;
}
