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
  "alert-unknown": permanent(404, "There is no alert of this number or ticket."),
  "batch-unknown": permanent(404, "The journal has no batch of this number."),
  "case-conflict": permanent(
    409,
    "A change of the cases names what is not there, or contradicts what is.",
  ),
  "config-invalid": permanent(500, "The configuration has mistakes; each is listed with its path."),
  "contact-unknown": permanent(404, "No contact has this id or address, or more than one has."),
  "data-dir-in-use": transient(409, "Another process has the data directory open."),
  "database-refused": permanent(
    500,
    "The database server refused: the address, the password or the rights are wrong.",
  ),
  "database-unreachable": transient(
    503,
    "The database server cannot be reached, or ended the connection.",
  ),
  "directory-unreadable": permanent(
    422,
    "Nothing in a directory of contacts could be taken; nothing was changed.",
  ),
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
  "incident-unknown": permanent(404, "There is no incident of this number."),
  "inhibition-unknown": permanent(404, "There is no inhibition of this id."),
  "input-too-large": permanent(413, "The input is larger than the limit that is set for it."),
  "input-truncated": permanent(422, "The input ends before its end: it was cut short or damaged."),
  "input-unreadable": permanent(422, "The input cannot be opened or read."),
  "institution-unknown": permanent(404, "No institution has this id."),
  interrupted: transient(
    503,
    "The work was stopped before it was finished; what was stored stays.",
  ),
  "key-unusable": permanent(
    500,
    "A key of ours cannot be read, has expired or cannot do what it is needed for.",
  ),
  "location-table-unreadable": permanent(500, "The location table cannot be opened or is damaged."),
  "lookup-empty": permanent(404, "Whoever was asked on the network has nothing about it."),
  "lookup-failed": transient(
    502,
    "A registry or web site that was asked did not answer, not properly, or asked us to wait.",
  ),
  "mailbox-refused": permanent(
    502,
    "The server of the mailbox for answers refused: the password, the mailbox or the rights are wrong.",
  ),
  "mailbox-unreachable": transient(502, "The server of the mailbox for answers did not answer."),
  "message-not-allowed": permanent(
    409,
    "Nothing may be said to this contact: by marking, tier or key, or because the channel carries no message.",
  ),
  "no-space-left": transient(507, "The disk is full; nothing of the unfinished batch was stored."),
  "not-initialised": permanent(409, 'The data directory has not been set up; run "tocsin init".'),
  "not-possible": permanent(409, "What was asked for makes no sense as things stand."),
  "output-unwritable": permanent(
    500,
    "The output cannot be written, or would overwrite something else.",
  ),
  "rules-invalid": permanent(422, "The routing rules have mistakes; each is listed with its path."),
  "rules-not-tried": permanent(
    409,
    "These routing rules were not tried dry; they cannot be activated.",
  ),
  "rules-unknown": permanent(404, "There is no version of the routing rules of this name."),
  "store-corrupt": permanent(500, "The store is damaged and was not opened."),
  "store-newer": permanent(409, "The store was written by a newer version of the program."),
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
