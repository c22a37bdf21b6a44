import { addressFromText, type AddressWords } from "./address.ts";

/**
 * Networks to which nothing that others say may lead our own requests: private, shared, loopback, link-local, benchmarking, multicast and
 * reserved ones, and IPv6 networks whose addresses stand for IPv4 addresses (RFC 6890, RFC 6052, RFC 3056).
 */
const INSIDE = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/96",
  "64:ff9b::/96",
  "2002::/16",
  "fc00::/7",
  "fe80::/9",
  "ff00::/8",
].map((network) => {
  const [address = "", bits] = network.split("/");
  return { start: addressFromText(address)!, bits: Number(bits) };
});

/** Whether a text is the address of a network inside; an IPv4-mapped address is the IPv4 address. What is no address is not. */
export function isInternal(text: string): boolean {
  const address = addressFromText(text);
  return address !== undefined && INSIDE.some(({ start, bits }) => begins(address, start, bits));
}

function begins(address: AddressWords, start: AddressWords, bits: number): boolean {
  if (address.version !== start.version) return false;
  const words = ({ version, w0, w1, w2, w3 }: AddressWords): number[] =>
    version === 4 ? [w3] : [w0, w1, w2, w3];
  const other = words(start);
  return words(address).every((word, at) => {
    const fixed = Math.min(32, Math.max(0, bits - 32 * at));
    return fixed === 0 || (word ^ other[at]!) >>> (32 - fixed) === 0;
  });
}
