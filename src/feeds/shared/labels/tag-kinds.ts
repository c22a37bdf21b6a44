import type { Kind } from "../../../core/taxonomy/index.ts";

/**
 * What the values of classification taxonomies are in RSIT. Of a value that names a kind of program and not what a host does ("trojan",
 * "ransomware") nothing follows for an address, so it stands in no table.
 */
const ecsirt: Readonly<Record<string, Kind>> = {
  "botnet-drone": "infected-system",
  "c&c": "c2-server",
  "malware-configuration": "malware-configuration",
  bot: "infected-system",
  defacement: "unauthorised-information-modification",
  compromised: "system-compromise",
  backdoor: "system-compromise",
  dropzone: "data-leak",
  "vulnerable-service": "vulnerable-system",
  "unauthorized-use-of-resources": "unauthorised-use-of-resources",
};

const circl: Readonly<Record<string, Kind>> = {
  scan: "scanner",
  "denial-of-service": "dos",
  "copyright-issue": "copyright",
  whaling: "phishing",
  smishing: "phishing",
  xss: "exploit",
  "sql-injection": "exploit",
  vulnerability: "vulnerable-system",
  "information-leak": "data-leak",
  scam: "masquerade",
};

const common: Readonly<Record<string, Kind>> = {
  infection: "infected-system",
  distribution: "malware-distribution",
  "command-and-control": "c2-server",
  "c&c": "c2-server",
  "malicious-connection": "infected-system",
  "dos-ddos": "dos",
  scanning: "scanner",
  "login-attempt": "brute-force",
  "vulnerability-exploitation-attempt": "exploit",
  "vulnerability-exploitation": "system-compromise",
  "exploitation-vulnerability": "exploit",
  "account-compromise": "unprivileged-account-compromise",
  "compromising-account": "unprivileged-account-compromise",
  "unauthorised-access": "unauthorised-information-access",
  "unauthorized-access": "unauthorised-information-access",
  "unauthorised-modification-or-deletion": "unauthorised-information-modification",
  "unauthorized-modification": "unauthorised-information-modification",
  "resources-misuse": "unauthorised-use-of-resources",
  "illegitimate-use-resources": "unauthorised-use-of-resources",
  "false-representation": "masquerade",
  "illegitimate-use-name": "masquerade",
};

const events: Readonly<Record<string, Kind>> = {
  "infected-by-known-malware": "infected-system",
  "hosting-malware-webpage": "malware-distribution",
  "dissemination-malware-email": "malware-distribution",
  "c&c-server-hosting": "c2-server",
  "connection-malware-system": "infected-system",
  "connection-malware-port": "infected-system",
  flood: "dos",
  "packet-flood": "dos",
  "system-probe": "scanner",
  "network-scanning": "scanner",
  "hosting-phishing-sites": "phishing",
  "dissemination-phishing-emails": "phishing",
  "exploit-attempt": "exploit",
  "sql-injection-attempt": "exploit",
  "xss-attempt": "exploit",
  "file-inclusion-attempt": "exploit",
  "brute-force-attempt": "brute-force",
  "password-cracking-attempt": "brute-force",
  "dictionary-attack-attempt": "brute-force",
};

/** By the namespace of a machine tag. A value that is an RSIT kind by name needs no line. */
export const kindsByTaxonomy: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  rsit: { "unauthorized-use-of-resources": "unauthorised-use-of-resources" },
  ecsirt,
  enisa: {},
  circl,
  "common-taxonomy": common,
  "europol-incident": common,
  "europol-event": events,
  "csirt-americas": { botnet: "c2-server", compromise: "system-compromise", infoleak: "data-leak" },
};
