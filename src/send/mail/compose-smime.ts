import { createPrivateKey, X509Certificate } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Contact, ContactKey } from "../../core/institution/index.ts";
import type { Secret } from "../../core/secret.ts";
import type { Instant } from "../../core/time/index.ts";
import { detachedCms, envelopedCms, type Signer } from "./compose-cms.ts";
import { field } from "./compose-headers.ts";
import { base64Lines, type Entity, entityText, multipart } from "./compose-mime.ts";
import type { Protection } from "./compose-protection.ts";

/** Reads our key and its certificates, ours in front, from PEM. Throws Fault `key-unusable`. */
export function openSmimeSigner(key: Secret, certificates: string): Signer {
  try {
    const blocks = certificates.match(/-----BEGIN CERT[^]*?-----END CERTIFICATE-----/g) ?? [];
    const [own, ...above] = blocks.map((block) => new X509Certificate(block));
    const signer = createPrivateKey(key.reveal());
    if (own?.checkPrivateKey(signer) === true && canSign(signer.asymmetricKeyType))
      return { key: signer, certificates: [own, ...above] };
  } catch (cause) {
    throw new Fault("key-unusable", "our S/MIME key or certificate cannot be read", { cause });
  }
  throw new Fault(
    "key-unusable",
    "our S/MIME key is not that of its certificate, or not RSA or EC",
  );
}

/** S/MIME (RFC 8551). */
export function makeSmime(ours: Signer | null): Protection {
  return {
    signs: ours !== null,
    whyNotTo({ key }, now) {
      const certificate = certificateOf(key, now);
      return Promise.resolve(typeof certificate === "string" ? certificate : null);
    },
    sign(entity, boundary, now) {
      return Promise.resolve(ours === null ? entity : signed(entity, boundary, ours, now));
    },
    async encrypt(entity, boundary, { key }, now) {
      const certificate = certificateOf(key, now);
      if (typeof certificate === "string") throw new Fault("message-not-allowed", certificate);
      const own = ours?.certificates[0];
      const to = own !== undefined && isRsa(own) ? [certificate, own] : [certificate];
      const within = ours === null ? entity : signed(entity, boundary, ours, now);
      return enveloped(to, within);
    },
  };
}

function signed(entity: Entity, boundary: string, ours: Signer, now: Instant): Entity {
  const bytes = Buffer.from(entityText(entity));
  const signature = {
    headers: [
      field("Content-Type", 'application/pkcs7-signature; name="smime.p7s"'),
      field("Content-Transfer-Encoding", "base64"),
      field("Content-Disposition", 'attachment; filename="smime.p7s"'),
    ],
    body: base64Lines(detachedCms(ours, bytes, usableAt(ours.certificates[0], now))),
  };
  const parameters = 'signed; micalg=sha-256; protocol="application/pkcs7-signature"';
  return multipart(parameters, boundary, [entity, signature]);
}

function enveloped(to: readonly X509Certificate[], entity: Entity): Entity {
  const type = 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"';
  return {
    headers: [
      field("Content-Type", type),
      field("Content-Transfer-Encoding", "base64"),
      field("Content-Disposition", 'attachment; filename="smime.p7m"'),
    ],
    body: base64Lines(envelopedCms(to, Buffer.from(entityText(entity)))),
  };
}

/** The certificate of a contact, or why it cannot be used at a moment. */
function certificateOf(key: Contact["key"], now: Instant): X509Certificate | string {
  if (key === null) return "the contact has no key";
  if (key.text === "") return "only the fingerprint of the contact's certificate is known";
  try {
    const certificate = new X509Certificate(key.text);
    return whyUnusable(certificate, key, now) ?? certificate;
  } catch {
    return "the contact's certificate cannot be read";
  }
}

function whyUnusable(certificate: X509Certificate, key: ContactKey, now: Instant): string | null {
  const { fingerprint, fingerprint256 } = certificate;
  const is = [fingerprint, fingerprint256].map((hex) => hex.replaceAll(":", ""));
  if (!is.includes(key.fingerprint.toUpperCase()))
    return "the contact's certificate is not the one with its fingerprint";
  if (Date.parse(certificate.validTo) <= usableAt(certificate, now).getTime())
    return "the contact's certificate has expired";
  if (key.expires !== null && key.expires <= now) return "the contact's certificate has expired";
  return isRsa(certificate) ? null : "the contact's certificate has no RSA key";
}

function usableAt({ validFrom }: X509Certificate, now: Instant): Date {
  return new Date(Math.max(Date.parse(now), Date.parse(validFrom)));
}

function isRsa({ publicKey }: X509Certificate): boolean {
  return publicKey.asymmetricKeyType === "rsa";
}

function canSign(type: string | undefined): boolean {
  return type === "rsa" || type === "ec";
}
