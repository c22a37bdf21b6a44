/** Whether the same call can succeed later with nothing changed by hand. */
export type Retry = "permanent" | "transient";

/** One row of the fault table. */
export interface FaultKind {
  readonly retry: Retry;
  /** The status that `server/` answers with (RFC 9110, section 15). */
  readonly http: number;
  /** One English line for an operator: what went wrong, for every fault with this code. */
  readonly says: string;
}

const permanent = (http: number, says: string): FaultKind => ({ retry: "permanent", http, says });
const transient = (http: number, says: string): FaultKind => ({ retry: "transient", http, says });

/**
 * Every failure that somebody must act on, by code, in alphabetical order. A code never changes its
 * meaning and is never used again for another one; `docs/faults.md` is made from this table.
 */
export const FAULTS = {
  "batch-unknown": permanent(404, "The journal has no batch of this number."),
  "config-invalid": permanent(500, "The configuration has mistakes; each is listed with its path."),
  "data-dir-in-use": transient(409, "Another process has the data directory open."),
  "feed-malformed": permanent(
    502,
    "The remote side of a feed answered with what its protocol does not allow.",
  ),
  "feed-refused": permanent(
    502,
    "The remote side of a feed refused: the address, the credentials or the rights are wrong.",
  ),
  "feed-unknown": permanent(404, "No feed of this name is configured."),
  "feed-unreachable": transient(
    502,
    "The remote side of a feed did not answer, not in time, or with a failure of its own.",
  ),
  "format-unknown": permanent(
    415,
    "The format of the input is not known and could not be detected.",
  ),
  "input-too-large": permanent(413, "The input is larger than the limit that is set for it."),
  "input-truncated": permanent(422, "The input ends before its end: it was cut short or damaged."),
  "input-unreadable": permanent(422, "The input cannot be opened or read."),
  interrupted: transient(
    503,
    "The work was stopped before it was finished; what was stored stays.",
  ),
  "location-table-unreadable": permanent(500, "The location table cannot be opened or is damaged."),
  "no-space-left": transient(507, "The disk is full; nothing of the unfinished batch was stored."),
  "not-initialised": permanent(409, 'The data directory has not been set up; run "tocsin init".'),
  "output-unwritable": permanent(
    500,
    "The output cannot be written, or would overwrite something else.",
  ),
  "store-corrupt": permanent(500, "The store is damaged and was not opened."),
  usage: permanent(400, "The command or its options make no sense as given."),
} as const satisfies Record<string, FaultKind>;

/** A code of the fault table. */
export type FaultCode = keyof typeof FAULTS;

/**
 * A failure that somebody must act on. `code` says which one, for machines and for the manual;
 * `message` says what it was about this time, for people. A fault knows no exit code and no wording
 * of a reply: `cli/` and `server/` make those from the table.
 */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "Fault";
    this.code = code;
  }

  /** Whether trying again later may help, from the table. */
  get retry(): Retry {
    return FAULTS[this.code].retry;
  }
}

/** Is this a fault, and if a code is given, the fault with that code? */
export function isFault(thrown: unknown, code?: FaultCode): thrown is Fault {
  return thrown instanceof Fault && (code === undefined || thrown.code === code);
}
