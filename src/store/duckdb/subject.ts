/** An address or a host name as a condition on stored rows. */
import { addressFromText } from "../../core/network/index.ts";
import { encodeText, lastCode, utf8Bytes } from "../../core/observation/index.ts";

/** A host name as it is stored: lower case, without the root's dot. */
export function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/**
 * The condition on `o` (observation) or `d` (observation_detail) that a row is about the subject: an address (IPv6: its /64) or
 * a host name of that side. `undefined` for an empty subject.
 */
export function subjectCondition(side: "victim" | "origin", subject: string): string | undefined {
  const address = addressFromText(subject);
  if (address) {
    const key =
      address.version === 4 ? BigInt(address.w3) : (BigInt(address.w0) << 32n) | BigInt(address.w1);
    return `o.${side} = ${key}`;
  }
  const bytes = utf8Bytes(plainHost(subject));
  if (bytes.length === 0) return undefined;
  encodeText(bytes, 0, bytes.length);
  return `d.${side}_host = ${(BigInt(lastCode.hi) << 32n) | BigInt(lastCode.lo)}`;
}
