import type { RoutingRules } from "../../core/routing/index.ts";
import type { Tlp } from "../../core/marking/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseStore, Composer } from "../case-ports.ts";
import type { FindingFolder } from "../ports.ts";

/** What alerting is set up with. */
export interface AlertingParts {
  readonly cases: CaseStore;
  readonly findings: FindingFolder;
  readonly composer: Composer;
  /** Reads a version of the rules as it is stored. Throws Fault `rules-invalid`. */
  readonly readRules: (text: string) => RoutingRules;
  /** The countries that are home. */
  readonly home: readonly string[];
  /** Never alerted as if they were somebody else's. */
  readonly ownNetworks: readonly string[];
  /** Two capitals in front of every ticket number. */
  readonly ticketPrefix: string;
  /** From this marking on a message needs a second person's yes. */
  readonly fourEyesFrom: Tlp;
  readonly now: () => Instant;
}
