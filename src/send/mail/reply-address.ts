import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";

/** The address that answers to an alert go to, and back. */
export interface ReplyAddresses {
  /** `local+<alert>.<hmac>@domain`. */
  addressOf(alert: string): string;
  /** The alert whose address this is; `undefined` if its HMAC is not ours, or it has none. */
  alertOf(address: string): string | undefined;
}

/** 80 bits in base32: nobody guesses it, and the local part stays under its 64 octets (RFC 5321, section 4.5.3.1.1). */
const MAC_BYTES = 10;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const TAGGED = /\+([a-z0-9-]{1,40})\.([a-z2-7]{16})@[^@]+$/;

/**
 * Makes and checks reply addresses. Mail systems may change the case of a local part, so that case carries nothing: an alert's id must be
 * in capitals (`A-20130531-000042`), and comes back in capitals. Whoever knows an address may answer to its alert, and to no other.
 */
export function makeReplyAddresses(replyTo: string, secret: KeyObject): ReplyAddresses {
  const at = replyTo.lastIndexOf("@");
  const [local, domain] = [replyTo.slice(0, at), replyTo.slice(at)];
  return {
    addressOf(alert) {
      const id = alert.toLowerCase();
      return `${local}+${id}.${base32(macOf(id, secret))}${domain}`;
    },
    alertOf(address) {
      const [, id, mac] = TAGGED.exec(address.trim().toLowerCase()) ?? [];
      if (id === undefined || mac === undefined) return undefined;
      const right = Buffer.from(base32(macOf(id, secret)));
      return timingSafeEqual(right, Buffer.from(mac)) ? id.toUpperCase() : undefined;
    },
  };
}

/** Bound to its purpose, because other things are made of the same secret. */
function macOf(id: string, secret: KeyObject): Buffer {
  return createHmac("sha256", secret)
    .update(`tocsin reply address\n${id}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

function base32(bytes: Buffer): string {
  let bits = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let left = bytes.length * 8; left > 0; left -= 5) {
    text = BASE32[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return text;
}
