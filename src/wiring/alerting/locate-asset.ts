import type { AssetPlace } from "../../cli/index.ts";
import {
  addressFromText,
  type DescribeHost,
  type Locator,
  unpackCountry,
} from "../../core/network/index.ts";

/** Where an address and a host lie: the address by the location table; what it does not say, by the host lists. */
export function locateAsset(
  locator: Locator,
  describeHost: DescribeHost,
  address: string,
  host: string,
): AssetPlace {
  const words = addressFromText(address);
  const { sector, country } = host === "" ? { sector: "", country: 0 } : describeHost(host);
  if (words === undefined) return { country: unpackCountry(country), asn: 0, sector };
  const { version, w0, w1, w2, w3 } = words;
  const place = version === 4 ? locator.place4(w3) : locator.place6(w0, w1, w2, w3);
  return {
    country: unpackCountry(locator.countries[place] || country),
    asn: locator.asns[place] ?? 0,
    sector,
  };
}
