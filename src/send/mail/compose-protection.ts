import type { Contact } from "../../core/institution/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { Entity } from "./compose-mime.ts";

/** Signs and encrypts an entity in the way of one standard. */
export interface Protection {
  /** Whether we have a key to sign with. */
  readonly signs: boolean;
  /** Why nothing can be encrypted to a contact; `null` if it can. */
  whyNotTo(contact: Contact, now: Instant): Promise<string | null>;
  /** `multipart/signed`: the entity as it is, and a signature beside it. */
  sign(entity: Entity, boundary: string, now: Instant): Promise<Entity>;
  /**
   * Signed within, if we have a key; to the contact, and to ourselves, so that the record can be read. Throws Fault `message-not-allowed`
   * if it cannot be.
   */
  encrypt(entity: Entity, boundary: string, contact: Contact, now: Instant): Promise<Entity>;
}

/** The two standards of mail. */
export interface Protections {
  readonly openpgp: Protection;
  readonly smime: Protection;
}

/** In which way a mail to a contact is encrypted: in that of its key. */
export function sealFor({ key }: Contact, { openpgp, smime }: Protections): Protection {
  return key?.type === "smime" ? smime : openpgp;
}

/** In which way an open mail to a contact is signed: in that of its key if we can, else in that for which we have a key. */
export function signatureFor(contact: Contact, { openpgp, smime }: Protections): Protection {
  const own = sealFor(contact, { openpgp, smime });
  if (own.signs) return own;
  return openpgp.signs ? openpgp : smime;
}
