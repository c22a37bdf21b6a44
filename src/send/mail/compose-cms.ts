import {
  constants,
  createCipheriv,
  createHash,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  sign,
  type X509Certificate,
} from "node:crypto";
import {
  der,
  identifier,
  nothing,
  octets,
  sequence,
  set,
  smallInteger,
  utcTime,
  valuesIn,
} from "./compose-der.ts";

const data = identifier("1.2.840.113549.1.7.1");
const signedData = identifier("1.2.840.113549.1.7.2");
const envelopedData = identifier("1.2.840.113549.1.7.3");
const contentType = identifier("1.2.840.113549.1.9.3");
const messageDigest = identifier("1.2.840.113549.1.9.4");
const signingTime = identifier("1.2.840.113549.1.9.5");
const sha256 = sequence(identifier("2.16.840.1.101.3.4.2.1"), nothing);
const rsa = sequence(identifier("1.2.840.113549.1.1.1"), nothing);
const ecdsaSha256 = sequence(identifier("1.2.840.10045.4.3.2"));
const aes256Cbc = identifier("2.16.840.1.101.3.4.1.42");

/** Whoever signs: a key, its certificate, and those above it. */
export interface Signer {
  readonly key: KeyObject;
  readonly certificates: readonly [X509Certificate, ...X509Certificate[]];
}

/** Signed data without the content (RFC 5652, section 5), of SHA-256, with RSA or ECDSA. */
export function detachedCms({ key, certificates }: Signer, bytes: Uint8Array, at: Date): Buffer {
  const digest = createHash("sha256").update(bytes).digest();
  const attributes = [
    sequence(contentType, set(data)),
    sequence(signingTime, set(utcTime(at))),
    sequence(messageDigest, set(octets(digest))),
  ].toSorted((a, b) => Buffer.compare(a, b));
  const signerInfo = sequence(
    smallInteger(1),
    issuerAndSerial(certificates[0]),
    sha256,
    der(0xa0, ...attributes),
    key.asymmetricKeyType === "ec" ? ecdsaSha256 : rsa,
    octets(sign("sha256", set(...attributes), key)),
  );
  const content = sequence(
    smallInteger(1),
    set(sha256),
    sequence(data),
    der(0xa0, ...certificates.map(({ raw }) => raw)),
    set(signerInfo),
  );
  return sequence(signedData, der(0xa0, content));
}

/**
 * Data in an envelope (RFC 5652, section 6): AES-256 in CBC mode and RSA key transport, which every mail program reads. CBC does not find
 * changes; the signature within does.
 */
export function envelopedCms(to: readonly X509Certificate[], bytes: Uint8Array): Buffer {
  const key = randomBytes(32);
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const recipients = to.map((certificate) =>
    sequence(smallInteger(0), issuerAndSerial(certificate), rsa, octets(wrapped(certificate, key))),
  );
  const content = sequence(
    smallInteger(0),
    set(...recipients),
    sequence(data, sequence(aes256Cbc, octets(iv)), der(0x80, encrypted)),
  );
  return sequence(envelopedData, der(0xa0, content));
}

function wrapped({ publicKey }: X509Certificate, key: Buffer): Buffer {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
}

/** Who made a certificate and its number, as they stand in it (RFC 5280, section 4.1). */
function issuerAndSerial({ raw }: X509Certificate): Buffer {
  const [tbs] = valuesIn(raw);
  const fields = valuesIn(tbs!);
  const skipped = fields[0]![0] === 0xa0 ? 1 : 0;
  return sequence(fields[skipped + 2]!, fields[skipped]!);
}
