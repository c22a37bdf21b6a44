import {
  type Counterparts,
  type Recipient,
  redact,
  type RedactedItem,
} from "../../core/alert/index.ts";
import { type Tlp, tlpLevels } from "../../core/marking/index.ts";
import { Fault } from "../../core/fault.ts";
import type { CaseFinding, Draft } from "../case-ports.ts";

/** What redaction must know, besides a draft. */
export interface Sight {
  /** The receiving side of a draft; `encrypted`: whether only its contact will be able to read the message. */
  recipientOf(draft: Draft, encrypted: boolean): Recipient;
  /** The other sides of findings, in their order. */
  counterpartsOf(findings: readonly CaseFinding[]): Promise<readonly Counterparts[]>;
}

/** What is left of a draft. */
export interface Seen {
  readonly items: readonly RedactedItem[];
  readonly tlp: Tlp;
  readonly withheld: number;
}

/** Messages that speak of no asset, and are not marked. */
export function isAboutNoAsset({ message }: Pick<Draft, "message">): boolean {
  return message === "closure" || message === "verification";
}

/**
 * Redacts the findings of a draft one by one (ALERTING 6.5). Throws Fault `message-not-allowed` if none is left, as a message that says
 * nothing is none; `whyOpen` then tells why it cannot be encrypted.
 */
export async function see(draft: Draft, sight: Sight, whyOpen: string | null): Promise<Seen> {
  if (isAboutNoAsset(draft)) return { items: [], tlp: "clear", withheld: 0 };
  const counterparts = await sight.counterpartsOf(draft.findings);
  const recipient = sight.recipientOf(draft, whyOpen === null);
  const redactions = draft.findings.map((finding, at) =>
    redact(finding, counterparts[at] ?? { count: 0, bySector: {}, known: [] }, recipient),
  );
  const items = redactions.map(({ item }) => item).filter((item) => item !== null);
  if (items.length > 0) {
    const tlp = items.map((item) => item.tlp).reduce(stricter);
    return { items, tlp, withheld: redactions.length - items.length };
  }
  const reasons = [...new Set(redactions.map(({ withheld }) => withheld))].join(", ");
  const open = reasons.includes("not-encrypted") && whyOpen !== null ? ` (${whyOpen})` : "";
  throw new Fault(
    "message-not-allowed",
    `nothing of alert ${draft.alert.id} may be told to ${draft.institution.id}: ${reasons || "it has no findings"}${open}`,
  );
}

function stricter(a: Tlp, b: Tlp): Tlp {
  return tlpLevels.indexOf(a) > tlpLevels.indexOf(b) ? a : b;
}
