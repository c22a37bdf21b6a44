import { needsEncryption } from "../../core/alert/index.ts";
import { Fault } from "../../core/fault.ts";
import type { Channel } from "../../core/institution/index.ts";
import type {
  Attachment,
  Composer,
  Draft,
  Envelope,
  ItemWriter,
  Statement,
  Wordsmith,
} from "../case-ports.ts";
import { languagesOf } from "./languages.ts";
import { see, type Sight } from "./sight.ts";
import { statementOf } from "./statement.ts";

/** What a composer is made of. */
export interface ComposerParts {
  readonly sight: Sight;
  readonly wordsmith: Wordsmith;
  readonly writers: readonly ItemWriter[];
  /** A channel that has none carries no message, such as a telephone. */
  readonly envelopes: Partial<Readonly<Record<Channel, Envelope>>>;
}

/** Items that a text can have; from one more on the rest must be in an attachment. */
const MOST_IN_TEXT = 20;

/**
 * Makes messages: redacts, finds the words, attaches, and packs for the contact's channel. What is amber or stricter leaves sealed or not at
 * all, and is withheld item by item where it cannot be sealed.
 */
export function makeComposer({ sight, wordsmith, writers, envelopes }: ComposerParts): Composer {
  return {
    async compose(draft) {
      const envelope = envelopes[draft.contact.channel];
      if (envelope === undefined)
        throw new Fault("message-not-allowed", `no message goes by ${draft.contact.channel}`);
      const seen = await see(draft, sight, await envelope.whyOpen(draft.contact, draft.now));
      const bare = statementOf(draft, seen, languagesOf(draft, wordsmith.languages));
      const attachments = attach(draft, bare, writers);
      const statement = { ...bare, files: attachments.map(({ name }) => name) };
      const wording = wordsmith.write(statement);
      const { contact, deliveryKey, thread } = draft;
      const sealed = needsEncryption(seen.tlp);
      const letter = { statement, wording, attachments, deliveryKey, contact, thread, sealed };
      return {
        ...(await envelope.pack(letter)),
        tlp: seen.tlp,
        withheld: seen.withheld,
        subject: wording.subject,
        text: wording.text,
      };
    },
  };
}

/** One file a format that the rule asks for, and a table whatever it asks for if the text cannot hold all items. */
function attach(draft: Draft, statement: Statement, writers: readonly ItemWriter[]): Attachment[] {
  if (statement.items.length === 0) return [];
  const wanted = new Set(draft.alert.terms.attachments);
  if (statement.items.length > MOST_IN_TEXT) wanted.add("csv");
  return writers
    .filter(({ format }) => wanted.has(format))
    .map((writer) => ({
      name: `${draft.alert.ticket}-${partOf(draft)}.${writer.ending}`,
      type: writer.type,
      text: writer.write(statement),
    }))
    .filter(({ text }) => text !== "");
}

/** `alert-1` of `A-20130531-000042/alert-1`, in letters, digits and dashes. */
function partOf({ deliveryKey }: Draft): string {
  return deliveryKey.slice(deliveryKey.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9-]/g, "-");
}
