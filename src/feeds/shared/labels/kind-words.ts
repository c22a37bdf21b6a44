import type { Kind } from "../../../core/taxonomy/index.ts";

/** What people write of a kind, most telling first: a C2 server of a phishing kit is a C2 server. Joints of words are spaces. */
const words: readonly (readonly [RegExp, Kind])[] = [
  [
    /\bc ?2s?\b|\bc ?& ?c\b|\bc and c\b|\bcnc\b|\bcommand (and|&|n) control\b|\bbotnet (cc|controller)\b/,
    "c2-server",
  ],
  [/\bweb ?shells?\b/, "web-backdoor"],
  [/\bphish|\bcredential harvest|\bsmish|\bvish(ing)?\b/, "phishing"],
  [
    /\bbrute ?forc|\blogin (attack|attempt)|\bpassword (guess|spray)|\bcredential stuff/,
    "brute-force",
  ],
  [/\bd ?dos\b|\bdistributed denial of service\b/, "ddos"],
  [/\bdos (attack|flood)|\bdenial of service\b/, "dos"],
  [
    /\bscann(er|ers|ing)\b|\b(port|vulnerability|network|web) ?scans?\b|\breconnaissance\b|\bprobing\b/,
    "scanner",
  ],
  [
    /\bmalware (distribut|download|deliver|host|payload|site|url)|\bpayload (deliver|host|url|download)|\b(download|dropper|drop|staging|delivery) (url|site|server|host|location)|\bdrive by\b|\bexploit ?kit\b|\bhosting malware\b|\bhosts malware\b/,
    "malware-distribution",
  ],
  [/\bspam/, "spam"],
  [/\bexploit(s|ed|ing|ation)?\b|\bsql injection\b/, "exploit"],
];

/** The kind that a text names; `undefined` if it names none. */
export function kindInWords(...texts: readonly string[]): Kind | undefined {
  const plain = texts.map((text) =>
    text
      .toLowerCase()
      .slice(0, 4096)
      .replaceAll(/[\s_/.:;,-]+/g, " "),
  );
  return words.find(([pattern]) => plain.some((text) => pattern.test(text)))?.[1];
}
