/** IANA names of the protocols that feeds speak of, by number. */
const names: Readonly<Record<string, string>> = {
  2: "igmp",
  33: "dccp",
  47: "gre",
  50: "esp",
  51: "ah",
  58: "ipv6-icmp",
  89: "ospf",
  103: "pim",
  115: "l2tp",
  132: "sctp",
};

/** The name of a record's protocol, which is a name or a number; `""` for a number that has none here. */
export function protocolName(protocol: string): string {
  return /^\d+$/.test(protocol) ? (names[protocol] ?? "") : protocol;
}
