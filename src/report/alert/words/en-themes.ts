import type { Theme } from "../theme.ts";
import type { ThemeWords } from "./vocabulary.ts";

/** Words of a theme, from the noun without its article. */
function words(title: string, one: string, many: string, means: string): ThemeWords {
  const article = /^[aeiou]/i.test(one) ? "an" : "a";
  return {
    title: (count) => (count === 1 ? title : `${title}s`),
    noun: (count, digits) => (count === 1 ? `${article} ${one}` : `${digits} ${many}`),
    means,
  };
}

/** What findings are called, and what they mean. */
export const enThemes: Readonly<Record<Theme, ThemeWords>> = {
  "c2-server": words(
    "C2 server",
    "command-and-control server",
    "command-and-control servers",
    "Criminals control infected computers through it. The host may have been broken into itself.",
  ),
  "malware-distribution": words(
    "Malware site",
    "site that distributes malware",
    "sites that distribute malware",
    "Visitors, or computers that are infected already, load malicious programs from there.",
  ),
  phishing: words(
    "Phishing site",
    "phishing site",
    "phishing sites",
    "It pretends to be somebody else in order to get passwords or other secrets.",
  ),
  intruder: words(
    "Break-in from your network",
    "source of break-ins",
    "sources of break-ins",
    "Computers or web sites of others were entered from there. The host may have been broken into itself.",
  ),
  scanner: words(
    "Scanner",
    "host that scans others",
    "hosts that scan others",
    "It looks for open services in networks of others. Often such a host has been infected itself.",
  ),
  "brute-force": words(
    "Password-guessing host",
    "host that guesses passwords",
    "hosts that guess passwords",
    "It tries passwords against services of others. Often such a host has been infected itself.",
  ),
  attacker: words(
    "Attacking host",
    "host that attacks others",
    "hosts that attack others",
    "It tries to break into computers of others. Often such a host has been infected itself.",
  ),
  "ddos-source": words(
    "DDoS source",
    "source of a denial-of-service attack",
    "sources of denial-of-service attacks",
    "It takes part in attacks that put services of others out of order. Often such a host has been infected itself.",
  ),
  "spam-source": words(
    "Spam source",
    "source of spam",
    "sources of spam",
    "Unwanted mail comes from there. Often such a host or an account on it has been taken over.",
  ),
  "infected-system": words(
    "Infected system",
    "infected system",
    "infected systems",
    "A malicious program runs on it and can be told from outside to steal data, to attack others or to load more.",
  ),
  "web-backdoor": words(
    "Web site with a back door",
    "web site with a back door (web shell)",
    "web sites with a back door (web shell)",
    "Somebody has broken in and can change the site and run programs on its server at any time.",
  ),
  defacement: words(
    "Defaced web site",
    "web site whose content was changed by an intruder",
    "web sites whose content was changed by an intruder",
    "Whoever changed the pages could write to the site, and may still be able to.",
  ),
  "compromised-system": words(
    "Compromised system",
    "system that was broken into",
    "systems that were broken into",
    "An intruder has, or had, control of it.",
  ),
  "compromised-account": words(
    "Compromised account",
    "account whose password is in the hands of others",
    "accounts whose passwords are in the hands of others",
    "Others can use the account as if they were its owner.",
  ),
  attacked: words(
    "Attacked system",
    "system that is being attacked",
    "systems that are being attacked",
    "We see attempts; we do not know whether one of them succeeded.",
  ),
  "ddos-target": words(
    "DDoS target",
    "target of a denial-of-service attack",
    "targets of denial-of-service attacks",
    "Traffic is sent to it in order to put it out of order.",
  ),
  "ddos-amplifier": words(
    "Amplifier",
    "open service that amplifies denial-of-service attacks",
    "open services that amplify denial-of-service attacks",
    "Attackers send it small requests in the name of their target, which then gets the large answers.",
  ),
  "exposed-service": words(
    "Exposed service",
    "service that everybody on the Internet can reach",
    "services that everybody on the Internet can reach",
    "Such services are looked for and abused within hours, and most are open by mistake.",
  ),
  "vulnerable-system": words(
    "Vulnerable system",
    "system with a known vulnerability",
    "systems with known vulnerabilities",
    "Programs that exploit it may be in use already.",
  ),
  "data-leak": words(
    "Data leak",
    "place where data can be read by others",
    "places where data can be read by others",
    "Data that should be protected can be read, or has been copied.",
  ),
  "unlawful-content": words(
    "Reported content",
    "place with content that was reported as unlawful",
    "places with content that was reported as unlawful",
    "We have not judged the content; please do so by the law that holds for you.",
  ),
  misuse: words(
    "Misused resource",
    "system that is used without its owner's leave",
    "systems that are used without their owners' leave",
    "Somebody uses its computing power or its connection, for example for mining.",
  ),
  other: words(
    "Security incident",
    "system with a security incident",
    "systems with security incidents",
    "The reports that we have do not say more about its nature than stands below.",
  ),
};
