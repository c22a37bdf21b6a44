import type { Kind } from "../../core/taxonomy/index.ts";

/** What an alert of a rule is in our words, and which end of the connection it hits. */
export interface Verdict {
  readonly kind: Kind;
  readonly victim: "client" | "server";
}

type Row = readonly [word: string, kind: Kind, victim: Verdict["victim"]];

/** Words in a signature that say more than its class. */
const signatureWords: readonly Row[] = [
  ["webshell", "web-backdoor", "server"],
  ["web shell", "web-backdoor", "server"],
  ["brute force", "brute-force", "server"],
  ["bruteforce", "brute-force", "server"],
  ["brute-force", "brute-force", "server"],
];

/** The class in a signature of the Emerging Threats and GPL rule sets: `ET MALWARE ...`. */
const signatureClasses: readonly Row[] = [
  ["ATTACK_RESPONSE", "system-compromise", "server"],
  ["BOTCC", "infected-system", "client"],
  ["CNC", "infected-system", "client"],
  ["COINMINER", "unauthorised-use-of-resources", "client"],
  ["CURRENT_EVENTS", "phishing", "client"],
  ["DDOS", "ddos", "server"],
  ["DOS", "dos", "server"],
  ["EXPLOIT", "exploit", "server"],
  ["EXPLOIT_KIT", "malware-distribution", "client"],
  ["MALWARE", "infected-system", "client"],
  ["MOBILE_MALWARE", "infected-system", "client"],
  ["PHISHING", "phishing", "client"],
  ["SCADA", "exploit", "server"],
  ["SCAN", "scanner", "server"],
  ["SHELLCODE", "exploit", "server"],
  ["SQL", "exploit", "server"],
  ["TROJAN", "infected-system", "client"],
  ["WEB_CLIENT", "exploit", "client"],
  ["WEB_SERVER", "exploit", "server"],
  ["WEB_SPECIFIC_APPS", "exploit", "server"],
  ["WORM", "infected-system", "client"],
];

/** The category of an alert: the description of the rule's class in Suricata's `classification.config`. */
const categories: readonly Row[] = [
  ["a network trojan was detected", "infected-system", "client"],
  ["malware command and control activity detected", "infected-system", "client"],
  ["domain observed used for c2 detected", "infected-system", "client"],
  ["targeted malicious activity was detected", "infected-system", "client"],
  ["exploit kit activity detected", "malware-distribution", "client"],
  ["executable code was detected", "exploit", "server"],
  ["a suspicious string was detected", "ids-alert", "server"],
  ["detection of a network scan", "scanner", "server"],
  ["attempted information leak", "scanner", "server"],
  ["information leak", "unauthorised-information-access", "server"],
  ["large scale information leak", "unauthorised-information-access", "server"],
  ["attempted denial of service", "dos", "server"],
  ["denial of service", "dos", "server"],
  ["detection of a denial of service attack", "dos", "server"],
  ["attempted user privilege gain", "exploit", "server"],
  ["unsuccessful user privilege gain", "exploit", "server"],
  ["attempted administrator privilege gain", "exploit", "server"],
  ["web application attack", "exploit", "server"],
  ["access to a potentially vulnerable web application", "exploit", "server"],
  ["successful user privilege gain", "unprivileged-account-compromise", "server"],
  ["successful administrator privilege gain", "privileged-account-compromise", "server"],
  ["an attempted login using a suspicious username was detected", "brute-force", "server"],
  ["attempt to login by a default username and password", "brute-force", "server"],
  ["successful credential theft detected", "phishing", "client"],
  ["possible social engineering attempted", "phishing", "client"],
  ["crypto currency mining activity detected", "unauthorised-use-of-resources", "client"],
  ["possibly unwanted program detected", "ids-alert", "client"],
];

const verdicts = (rows: readonly Row[]): ReadonlyMap<string, Verdict> =>
  new Map(rows.map(([word, kind, victim]) => [word, { kind, victim }]));

const ofClass = verdicts(signatureClasses);
const ofCategory = verdicts(categories);
const ofWord = [...verdicts(signatureWords)];
const otherwise: Verdict = { kind: "ids-alert", victim: "server" };

/** Ends of a connection, as the rule sets' metadata `attack_target` names them. */
const targets = new Map<string, Verdict["victim"]>([
  ["client_endpoint", "client"],
  ["mobile_client", "client"],
  ["client", "client"],
  ["server", "server"],
  ["web_server", "server"],
  ["http_server", "server"],
  ["smtp_server", "server"],
  ["sql_server", "server"],
  ["dns_server", "server"],
  ["ftp_server", "server"],
  ["iot", "server"],
  ["networking_equipment", "server"],
]);

/** Kinds in which it is always the caller that is hit. */
const callers = new Set<Kind>(["infected-system", "phishing", "unauthorised-use-of-resources"]);

/** What the rule of an alert says: its signature first, then its category; `attackTarget` is its metadata's word. */
export function judge(signature: string, category: string, attackTarget: string): Verdict {
  const found = keptVerdict(signature, category);
  const victim = callers.has(found.kind) ? undefined : targets.get(attackTarget.toLowerCase());
  return victim === undefined || victim === found.victim ? found : { ...found, victim };
}

const MOST_KEPT = 4096;
const kept = new Map<string, { readonly category: string; readonly verdict: Verdict }>();

/** A rule sets off many alerts; its words are searched once. */
function keptVerdict(signature: string, category: string): Verdict {
  const known = kept.get(signature);
  if (known?.category === category) return known.verdict;
  const verdict = verdictOf(signature, category);
  if (kept.size < MOST_KEPT) kept.set(signature, { category, verdict });
  return verdict;
}

function verdictOf(signature: string, category: string): Verdict {
  const lower = signature.toLowerCase();
  const byWord = ofWord.find(([word]) => lower.includes(word))?.[1];
  if (byWord) return byWord;
  const inClass = /^(?:ET|ETPRO|GPL)\s+([A-Z0-9_]+)/.exec(signature)?.[1];
  return (
    (inClass === undefined ? undefined : ofClass.get(inClass)) ??
    ofCategory.get(category.trim().toLowerCase()) ??
    otherwise
  );
}
