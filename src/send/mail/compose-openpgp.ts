import { createMessage, encrypt, type PrivateKey, type PublicKey } from "openpgp";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/time/index.ts";
import { field } from "./compose-headers.ts";
import { makeKeyReader, openpgpStyle, usableAt } from "./compose-keys.ts";
import { detachedSignature } from "./compose-signature.ts";
import type { Protection } from "./compose-protection.ts";
import { type Entity, entityText, multipart, plainPart } from "./compose-mime.ts";

/** PGP/MIME (RFC 3156). */
export function makeOpenPgp(ours: PrivateKey | null): Protection {
  const keyOf = makeKeyReader();
  return {
    signs: ours !== null,
    async whyNotTo(contact, now) {
      const key = await keyOf(contact, now);
      return typeof key === "string" ? key : null;
    },
    async sign(entity, boundary, now) {
      return ours === null ? entity : signed(entity, boundary, ours, now);
    },
    async encrypt(entity, boundary, contact, now) {
      const key = await keyOf(contact, now);
      if (typeof key === "string") throw new Fault("message-not-allowed", key);
      return encrypted(entity, boundary, { to: key, ours }, now);
    },
  };
}

async function signed(
  entity: Entity,
  boundary: string,
  ours: PrivateKey,
  now: Instant,
): Promise<Entity> {
  const bytes = Buffer.from(entityText(entity));
  const signature = await detachedSignature(ours, bytes, usableAt(ours, now));
  const part = plainPart(
    [
      field("Content-Type", 'application/pgp-signature; name="signature.asc"'),
      field("Content-Description", "OpenPGP digital signature"),
      field("Content-Disposition", 'attachment; filename="signature.asc"'),
    ],
    signature,
  );
  const parameters = `signed; micalg=pgp-sha512; protocol="application/pgp-signature"`;
  return multipart(parameters, boundary, [entity, part]);
}

async function encrypted(
  entity: Entity,
  boundary: string,
  keys: { readonly to: PublicKey; readonly ours: PrivateKey | null },
  now: Instant,
): Promise<Entity> {
  const all = keys.ours === null ? [keys.to] : [keys.to, keys.ours];
  const latest = Math.max(...all.map((key) => usableAt(key, now).getTime()));
  const text = await encrypt({
    message: await createMessage({ binary: Buffer.from(entityText(entity)) }),
    encryptionKeys: keys.ours === null ? keys.to : [keys.to, keys.ours.toPublic()],
    ...(keys.ours === null ? {} : { signingKeys: keys.ours }),
    date: new Date(latest),
    format: "armored",
    config: openpgpStyle,
  });
  const control = plainPart([field("Content-Type", "application/pgp-encrypted")], "Version: 1\r\n");
  const part = plainPart(
    [
      field("Content-Type", 'application/octet-stream; name="encrypted.asc"'),
      field("Content-Disposition", 'inline; filename="encrypted.asc"'),
    ],
    text,
  );
  const parameters = 'encrypted; protocol="application/pgp-encrypted"';
  return multipart(parameters, boundary, [control, part]);
}
