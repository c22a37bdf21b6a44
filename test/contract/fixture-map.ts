/**
 * The world of the tests: the documentation ranges (RFC 5737, RFC 3849) shared out among countries. Home is CN. Everything
 * that is not in the list is not located.
 */
import {
  addressFromText,
  type AddressWords,
  type DescribeHost,
  type Locator,
  packCountry,
} from "../../src/core/network/index.ts";
import { type Mark, markCodes } from "../../src/core/observation/index.ts";

interface Place {
  readonly range: string;
  readonly country: string;
  readonly asn: number;
  readonly mark?: Mark;
}

const places: readonly Place[] = [
  { range: "192.0.2.0/25", country: "CN", asn: 64496 },
  { range: "192.0.2.128/26", country: "CN", asn: 64497 },
  { range: "192.0.2.192/27", country: "CN", asn: 64497, mark: "publicResolver" },
  { range: "192.0.2.224/28", country: "", asn: 0, mark: "reserved" },
  { range: "198.51.100.0/26", country: "US", asn: 64500 },
  { range: "198.51.100.64/26", country: "US", asn: 64501 },
  { range: "198.51.100.128/26", country: "PT", asn: 64502 },
  { range: "198.51.100.192/27", country: "KR", asn: 64503 },
  { range: "198.51.100.224/28", country: "US", asn: 64501, mark: "sinkhole" },
  { range: "203.0.113.0/25", country: "JP", asn: 64504 },
  { range: "203.0.113.128/27", country: "JP", asn: 64504, mark: "cdn" },
  { range: "203.0.113.160/27", country: "JP", asn: 64504, mark: "operatorList" },
  { range: "203.0.113.240/28", country: "", asn: 0, mark: "reserved" },
  { range: "2001:db8:c::/48", country: "CN", asn: 64498 },
  { range: "2001:db8:a::/48", country: "US", asn: 64505 },
  { range: "2001:db8:f::/48", country: "", asn: 0, mark: "reserved" },
];

const ranges = places.map(({ range }) => {
  const [address, length] = range.split("/") as [string, string];
  return bitsOf(addressFromText(address)!).slice(0, 2 + Number(length));
});

/** Finds the place of an address by comparing it with every range. */
export const locator: Locator = {
  place4: (w3) => placeOf({ version: 4, w0: 0, w1: 0, w2: 0, w3 }),
  place6: (w0, w1, w2, w3) => placeOf({ version: 6, w0, w1, w2, w3 }),
  countries: [0, ...places.map(({ country }) => packCountry(country))],
  asns: [0, ...places.map(({ asn }) => asn)],
  marks: [0, ...places.map(({ mark }) => markCodes[mark ?? "none"])],
};

function placeOf(address: AddressWords): number {
  const bits = bitsOf(address);
  return 1 + ranges.findIndex((range) => bits.startsWith(range));
}

/** Version and address as text of 0 and 1, so that a prefix is a prefix. */
function bitsOf({ version, w0, w1, w2, w3 }: AddressWords): string {
  const words = version === 4 ? [w3] : [w0, w1, w2, w3];
  return [`${version}:`, ...words.map((word) => word.toString(2).padStart(32, "0"))].join("");
}

const sectors = [
  [".gov.example", "government"],
  [".edu.example", "academic"],
  [".info.example", "information-system"],
] as const;

/** Sectors by suffix; hosts below `.jp.example` are in JP, below `.nowhere.example` nowhere, all others in CN. */
export const describeHost: DescribeHost = (host) => ({
  sector: sectors.find(([suffix]) => host.endsWith(suffix))?.[1] ?? "",
  country: host.endsWith(".nowhere.example")
    ? 0
    : packCountry(host.endsWith(".jp.example") ? "JP" : "CN"),
});
