import type { Kind } from "../../../core/taxonomy/index.ts";
import { isVictimKind, kindInWords } from "../labels/index.ts";

/** What a type of report means: the kind, and which side the host is that it complains of (its "source"). */
export interface ReportKind {
  readonly kind: Kind;
  readonly source: "victim" | "origin";
}

/**
 * Types of XARF 4 and 3 and of X-ARF, without letter case and joints: some have two names. The source is the victim where the report says
 * that it is infected or was entered or lies open; where it attacks or serves what does harm it is the origin.
 */
const kinds: Readonly<Record<string, Kind>> = {
  // Connections
  loginattack: "brute-force",
  authfailure: "brute-force",
  bruteforce: "brute-force",
  portscan: "scanner",
  vulnerabilityscan: "scanner",
  vulnscanning: "scanner",
  reconnaissance: "scanner",
  ddos: "ddos",
  ddosamplification: "ddos",
  dos: "dos",
  sqlinjection: "exploit",
  exploit: "exploit",
  malwareattack: "exploit",
  scraping: "other",
  webcrawler: "other",
  ipspoof: "other",
  infectedhost: "infected-system",
  bot: "infected-system",
  botnet: "infected-system",
  botinfection: "infected-system",
  // Hosts that were entered, or lie open
  compromisedserver: "system-compromise",
  compromisedwebsite: "system-compromise",
  compromisedmicrosoftexchange: "system-compromise",
  compromisedaccount: "unprivileged-account-compromise",
  potentiallycompromisedaccount: "unprivileged-account-compromise",
  remotecompromise: "system-compromise",
  webhack: "system-compromise",
  defacement: "unauthorised-information-modification",
  exposeddata: "data-leak",
  cve: "vulnerable-system",
  misconfiguration: "vulnerable-system",
  openservice: "potentially-unwanted-accessible",
  open: "potentially-unwanted-accessible",
  // Content and messages
  phishing: "phishing",
  malware: "malware-distribution",
  malwaredistribution: "malware-distribution",
  fraud: "masquerade",
  brandinfringement: "masquerade",
  trademark: "masquerade",
  suspiciousregistration: "other",
  csam: "violence",
  csem: "violence",
  childabuse: "violence",
  harassment: "harmful-speech",
  spam: "spam",
  spamvertised: "spam",
  bulkmessaging: "spam",
  abuse: "spam",
  virus: "malware-distribution",
  copyright: "copyright",
  cyberlocker: "copyright",
  linksite: "copyright",
  p2p: "copyright",
  usenet: "copyright",
  ugcplatform: "copyright",
};

const ofCategory: Readonly<Record<string, Kind>> = {
  infrastructure: "system-compromise",
  vulnerability: "vulnerable-system",
  messaging: "spam",
  copyright: "copyright",
};

/** The meaning of a type of report in its category (v4) or class (v3); `more`: what else the report says of its kind. */
export function reportKind(category: string, type: string, more: readonly string[]): ReportKind {
  const kind = kindNamed(plain(category), plain(type), more, [type, ...more]);
  return { kind, source: isVictimKind(kind) ? "victim" : "origin" };
}

function kindNamed(
  category: string,
  type: string,
  more: readonly string[],
  words: readonly string[],
): Kind {
  const details = more.map(plain);
  // The host of an activity of this type is infected: it asked for what malware asks for.
  if (category === "activity" && type === "malware") return "infected-system";
  if (type === "remotecompromise" || type === "webhack") return compromise(details);
  // A crawler of a search engine is no infected host, though it is reported under the same type.
  if (
    type === "infectedhost" &&
    details.some((word) => /searchengine|aiagent|monitoring/.test(word))
  )
    return "other";
  if (Object.hasOwn(kinds, type)) return kinds[type]!;
  return (
    kindInWords(...words) ??
    (Object.hasOwn(ofCategory, category) ? ofCategory[category]! : "undetermined")
  );
}

function compromise(details: readonly string[]): Kind {
  if (details.some((word) => /webshell|backdoor/.test(word))) return "web-backdoor";
  if (details.some((word) => word.includes("defacement")))
    return "unauthorised-information-modification";
  return "system-compromise";
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "");
}
