import { type AddressWords, addressFromText, addressText } from "../../core/network/index.ts";
import type { Observation } from "./observation.ts";

/** An address (IPv6: its /64, the unit that is counted) or a host name that somebody asks about. */
export interface Subject {
  /** In canonical form. */
  readonly text: string;
  /** Whether this side of an observation is it. */
  readonly is: (row: Observation, side: "victim" | "origin") => boolean;
}

/** Reads what somebody asks about; what is no address is a host name. */
export function readSubject(asked: string): Subject {
  const address = addressFromText(asked);
  if (address) {
    const key = keyOf(address);
    return {
      text: addressText(address),
      is: (row, side) => key === (side === "victim" ? row.victimKey : row.originKey),
    };
  }
  const host = asked.toLowerCase().replace(/\.$/, "");
  return {
    text: host,
    is: ({ record }, side) =>
      host !== "" && host === (side === "victim" ? record.victimHost : record.originHost),
  };
}

function keyOf({ version, w0, w1, w3 }: AddressWords): bigint {
  return version === 4 ? BigInt(w3) : (BigInt(w0) << 32n) | BigInt(w1);
}
