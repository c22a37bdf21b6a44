import type { Kind } from "../../core/taxonomy/index.ts";
import { makeListFormat, plainList } from "../shared/list/index.ts";

/** The services that blocklist.de has a list of attackers for. */
const services: readonly (readonly [name: string, kind: Kind])[] = [
  ["apache", "ids-alert"],
  ["asterisk", "ids-alert"],
  ["bots", "ids-alert"],
  ["bruteforcelogin", "brute-force"],
  ["courierimap", "ids-alert"],
  ["courierpop3", "ids-alert"],
  ["email", "ids-alert"],
  ["ftp", "ids-alert"],
  ["imap", "ids-alert"],
  ["ircbot", "ids-alert"],
  ["mail", "ids-alert"],
  ["pop3", "ids-alert"],
  ["postfix", "ids-alert"],
  ["proftpd", "ids-alert"],
  ["sip", "ids-alert"],
  ["ssh", "ids-alert"],
  ["strongips", "ids-alert"],
  ["all", "ids-alert"],
];

/** blocklist.de: addresses that attacked a service, a list a service. The list's name tells the service. */
export const blocklistde = makeListFormat({
  name: "blocklistde",
  title: "blocklist.de: addresses that attacked a service within the last 48 hours",
  types: [
    ...services.map(([name, kind]) =>
      plainList("blocklistde", {
        name,
        of: "address",
        kind,
        says: new RegExp(
          String.raw`(?:^${name}\.txt$|blocklist[._-]?de.*\b_?${name}(?![a-z]))`,
          "i",
        ),
      }),
    ),
    plainList("blocklistde", {
      name: "other",
      of: "address",
      kind: "ids-alert",
      says: /blocklist[._-]?de/i,
    }),
  ],
});
