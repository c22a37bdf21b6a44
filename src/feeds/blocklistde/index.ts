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

/** Lists whose name alone, without the publisher's, tells nothing. */
const plainNames = /^(?:all|bots|email|mail)$/;

/** What the name of a list's file must be: `imap.txt` as it is fetched, or with the publisher's name before it. */
function namePattern(name: string): RegExp {
  const withPublisher = String.raw`blocklist[._-]?de(?:.*[^a-z])?${name}(?![a-z])`;
  return new RegExp(
    plainNames.test(name) ? withPublisher : `^${name}\\.txt$|${withPublisher}`,
    "i",
  );
}

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
        says: namePattern(name),
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
