import type { InboundMessage } from "../../case-ports.ts";

/** What the record knows of a mail: alerts that its marks lead to. */
export interface Marks {
  /** By a reply address whose HMAC is right. */
  readonly address: string | undefined;
  /** By the Message-ID of a message of ours that it names. */
  readonly reference: string | undefined;
  /** By a ticket number in its subject or text: the alert, and whether the sender is a contact of its institution. */
  readonly tickets: readonly { readonly alert: string; readonly senderKnown: boolean }[];
}

/** The alert that a mail answers, and how that is known. */
export type Match =
  | { readonly alert: string; readonly by: "address" | "references" | "ticket" }
  /** Nobody knows: a person reads it. */
  | { readonly alert: null; readonly why: string };

/**
 * Finds the alert that a mail answers: the reply address, which only who got our message knows, before what it refers to, before a ticket
 * number, which anybody may guess: that counts only from an address that is a contact of the alert's institution, and only if it is the
 * only one. See docs/decisions/0071.
 */
export function matchOf({ address, reference, tickets }: Marks): Match {
  if (address !== undefined) return { alert: address, by: "address" };
  if (reference !== undefined) return { alert: reference, by: "references" };
  const known = [
    ...new Set(tickets.filter(({ senderKnown }) => senderKnown).map(({ alert }) => alert)),
  ];
  if (known.length === 1) return { alert: known[0]!, by: "ticket" };
  if (known.length > 1) return { alert: null, why: "it names several tickets" };
  return {
    alert: null,
    why:
      tickets.length > 0
        ? "it names a ticket, but its sender is no contact of the institution"
        : "nothing in it leads to an alert",
  };
}

/** What to do with a mail. */
export type Meaning =
  | "acknowledged"
  | "claimed-fixed"
  | "disputed"
  | "auto-replied"
  | "bounced"
  | "arrived"
  /** It is kept, and changes nothing. */
  | "nothing"
  /** A person reads it. */
  | "ask";

/** What a mail means for its alert. A signature that is wrong makes it worth a person's look, and nothing else. */
export function meaningOf(
  { class: what, signature }: Pick<InboundMessage, "class" | "signature">,
  claim: "fixed" | "disputed" | "none",
): Meaning {
  switch (what) {
    case "auto-reply":
      return "auto-replied";
    case "delivery-failure":
      return "bounced";
    case "delivery-success":
      return "arrived";
    case "delivery-delay":
      return "nothing";
    case "answer":
      if (signature === "bad") return "ask";
      if (claim === "none") return "acknowledged";
      return claim === "fixed" ? "claimed-fixed" : "disputed";
  }
}
