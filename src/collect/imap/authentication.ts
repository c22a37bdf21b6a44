/** What our own mail server says of a mail's DKIM signature (RFC 8601). */

/** A verdict on DKIM. */
export interface DkimVerdict {
  /** `pass`, `fail`, `none` and so on; `unknown` if our own server says nothing. */
  readonly result: string;
  /** Whose signature it is. */
  readonly domain: string;
  /** Whether it passed, and is that of the sender's domain or one above it. */
  readonly ofSender: boolean;
}

const UNKNOWN: DkimVerdict = { result: "unknown", domain: "", ofSender: false };

/**
 * Reads Authentication-Results, topmost first. Only a header of a server that is ours is believed: anybody may write one. A
 * signature that passed for the sender's domain wins over others.
 */
export function dkimVerdict(
  headers: readonly string[],
  authserv: readonly string[],
  sender: string,
): DkimVerdict {
  const ours = headers
    .map(withoutComments)
    .find((header) => authserv.some((id) => idOf(header) === id.toLowerCase()));
  if (ours === undefined) return UNKNOWN;
  const domain = sender.split("@").at(-1)!.toLowerCase();
  const verdicts = ours
    .split(";")
    .slice(1)
    .flatMap((part) => verdictIn(part, domain));
  const best = verdicts.find(({ ofSender }) => ofSender) ?? verdicts[0];
  return best ?? { result: "none", domain: "", ofSender: false };
}

function verdictIn(part: string, sender: string): DkimVerdict[] {
  const result = /^\s*dkim\s*=\s*([a-z]+)/i.exec(part)?.[1]?.toLowerCase();
  if (result === undefined) return [];
  const said = /\bheader\.(?:d|i)\s*=\s*"?([^\s";]+)/i.exec(part)?.[1] ?? "";
  const domain = said.split("@").at(-1)!.toLowerCase();
  const above = domain.includes(".") && (sender === domain || sender.endsWith(`.${domain}`));
  return [{ result, domain, ofSender: result === "pass" && above }];
}

/** The authserv-id, without its version. */
function idOf(header: string): string | undefined {
  return /^\s*"?([^\s";]+)"?/.exec(header)?.[1]?.toLowerCase();
}

/** Comments may stand within each other, and may hold anything but what matters. */
function withoutComments(header: string): string {
  let text = header;
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(/\((?:[^()\\]|\\.)*\)/gs, " ");
  }
  return text;
}
