import type { Alert } from "../../core/alert/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";
import type { RoutingBook } from "./routing-book.ts";

/** What an event is let happen with. */
export interface Happening {
  readonly book: RoutingBook;
  /** Whether messages can be made at all; else alerts stay drafts. */
  readonly canSend: boolean;
  /** A finding that was not seen for so long is no news: it is kept, and nobody is alerted. */
  readonly staleAfterDays: number;
  readonly ticketPrefix: string;
  readonly fourEyesFrom: Alert["tlp"];
  /** Tells the next rung of an alert's ladder. */
  readonly openRung: (
    session: CaseSession,
    alert: Alert,
    rung: number,
    now: Instant,
  ) => Promise<void>;
}
