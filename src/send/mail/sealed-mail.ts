import type { PrivateKey } from "openpgp";
import { judge, keysIn, READING, type Verdict } from "./check-signature.ts";
import { allParts, type MimePart, textOf } from "./mime-part.ts";

/** What of a mail is encrypted with OpenPGP. */
export interface Sealed {
  readonly armoured: string;
  /** Inside is a part of a mail (RFC 3156); otherwise a text. */
  readonly isPart: boolean;
}

/** What was inside, one character a byte. */
export interface Unsealed {
  readonly raw: string;
  readonly isSigned: boolean;
  verify(keys: readonly string[]): Promise<Verdict>;
}

const BEGIN = "-----BEGIN PGP MESSAGE-----";
const END = "-----END PGP MESSAGE-----";
const MOST_BYTES = 4 * 1024 * 1024;

/** Finds what is encrypted; `undefined` if nothing is. */
export function sealedIn(mail: MimePart): Sealed | undefined {
  for (const part of allParts(mail)) {
    const isPart = part.type === "multipart/encrypted";
    const holder = isPart ? part.children[1] : part;
    if (holder === undefined || !(isPart || part.type.startsWith("text/"))) continue;
    const text = textOf(holder, MOST_BYTES);
    const begin = text.indexOf(BEGIN);
    const end = text.indexOf(END, begin);
    if (begin >= 0 && end > begin) return { armoured: text.slice(begin, end + END.length), isPart };
  }
  return undefined;
}

/** Opens it with our key; `undefined` if it is not for us, or broken. */
export async function unseal(
  { armoured }: Sealed,
  decryptionKeys: PrivateKey,
): Promise<Unsealed | undefined> {
  const openpgp = await import("openpgp");
  const open = async (verificationKeys: Awaited<ReturnType<typeof keysIn>>[number][]) => {
    const message = await openpgp.readMessage({ armoredMessage: armoured });
    const how = { decryptionKeys, verificationKeys, config: READING };
    return openpgp.decrypt({ message, format: "binary", ...how });
  };
  try {
    const { data, signatures } = await open([]);
    return {
      raw: Buffer.from(data as Uint8Array).toString("latin1"),
      isSigned: signatures.length > 0,
      verify: (keys) =>
        judge(keys, async (verificationKeys) => (await open(verificationKeys)).signatures),
    };
  } catch {
    return undefined;
  }
}
