import type { Kind } from "../../core/taxonomy/index.ts";

/** What an event of a category is in our words, and which side its sources are. */
export interface Category {
  readonly kind: Kind;
  readonly source: "victim" | "origin";
}

type Row = readonly [category: string, kind: Kind, source?: "victim"];

/** The categories of IDEA0; one that is not here is as its parent, the part before the dot. */
const table: readonly Row[] = [
  ["abusive", "spam"],
  ["abusive.spam", "spam"],
  ["abusive.harassment", "harmful-speech"],
  ["abusive.child", "violence"],
  ["abusive.sexual", "violence"],
  ["abusive.violence", "violence"],
  ["malware", "infected-system", "victim"],
  ["recon", "scanner"],
  ["recon.scanning", "scanner"],
  ["recon.sniffing", "sniffing"],
  ["recon.socialengineering", "social-engineering"],
  ["attempt", "ids-alert"],
  ["attempt.exploit", "exploit"],
  ["attempt.login", "brute-force"],
  ["intrusion", "system-compromise"],
  ["intrusion.admincompromise", "privileged-account-compromise"],
  ["intrusion.usercompromise", "unprivileged-account-compromise"],
  ["intrusion.appcompromise", "application-compromise"],
  ["intrusion.botnet", "infected-system", "victim"],
  ["availability", "dos"],
  ["availability.dos", "dos"],
  ["availability.ddos", "ddos"],
  ["availability.sabotage", "sabotage"],
  ["availability.outage", "outage"],
  ["information", "unauthorised-information-access"],
  ["information.unauthorizedaccess", "unauthorised-information-access"],
  ["information.unauthorizedmodification", "unauthorised-information-modification"],
  ["fraud", "masquerade"],
  ["fraud.unauthorizedusage", "unauthorised-use-of-resources"],
  ["fraud.copyright", "copyright"],
  ["fraud.masquerade", "masquerade"],
  ["fraud.phishing", "phishing"],
  ["vulnerable", "vulnerable-system", "victim"],
  ["vulnerable.open", "potentially-unwanted-accessible", "victim"],
  ["vulnerable.config", "misconfiguration", "victim"],
  ["anomaly", "other"],
  ["other", "other"],
  ["test", "test"],
];

const byName = new Map<string, Category>(
  table.map(([name, kind, source]) => [name, { kind, source: source ?? "origin" }]),
);

const undetermined: Category = { kind: "undetermined", source: "origin" };
const c2: Category = { kind: "c2-server", source: "origin" };
const malwareHost: Category = { kind: "malware-distribution", source: "origin" };

/** The category of an event: the first that is known; but a test is a test, whatever else it says. */
export function categoryOf(names: readonly string[]): Category {
  const words = names.map((name) => name.toLowerCase());
  if (words.includes("test")) return byName.get("test")!;
  const known = words.map((word) => byName.get(word) ?? byName.get(word.split(".")[0]!));
  return known.find((category) => category !== undefined) ?? undetermined;
}

/** What one source of such an event is: its `Type` tells a controller from its bots, and who is hit from who hits. */
export function ofSource(category: Category, types: readonly string[], hasUrl: boolean): Category {
  if (category.source === "victim" && category.kind === "infected-system") {
    if (types.includes("CC")) return c2;
    return hasUrl || types.includes("Malware") || types.includes("OriginMalware")
      ? malwareHost
      : category;
  }
  // What comes back from a host that is flooded under forged addresses.
  if (types.includes("Backscatter")) return { ...category, source: "victim" };
  return category;
}
