import type { RedactedItem } from "../../core/alert/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";

/** What makes a report one of its type: category, type, and the members that the type asks for. */
export type ReportType = Readonly<Record<string, unknown>>;

type Maker = (item: RedactedItem) => ReportType;

/**
 * The report about an item, in the types of XARF 4.2: what its holder is told that it does or suffers. `undefined` for somebody who is
 * attacked: XARF complains of the source of abuse, and they are none.
 */
export function reportType(item: RedactedItem): ReportType | undefined {
  const { side, kind } = item;
  return side === "origin" ? (ofOrigin[kind] ?? other)(item) : ofVictim[kind]?.(item);
}

const botnet: Maker = ({ family, offenders }) => ({
  category: "infrastructure",
  type: "botnet",
  compromise_evidence: "C2 communication observed",
  ...malware(family),
  ...(offenders[0] === undefined ? {} : { c2_server: offenders[0] }),
});

const control: Maker = ({ family, asset }) => ({
  category: "infrastructure",
  type: "botnet",
  compromise_evidence: "The host is a command-and-control server",
  ...malware(family),
  c2_server: asset,
});

const compromised =
  (compromise: string): Maker =>
  ({ family }) => ({
    category: "infrastructure",
    type: "compromised_server",
    compromise_type: compromise,
    ...malware(family),
  });

const content =
  (type: string, more: ReportType = {}): Maker =>
  (item) => ({
    category: "content",
    type,
    url: urlOf(item),
    ...(isDomain(item.host) ? { domain: item.host } : {}),
    ...(type === "malware" ? malware(item.family) : {}),
    ...more,
  });

const connection =
  (type: string): Maker =>
  ({ protocol }) => ({
    category: "connection",
    type,
    protocol: transport(protocol),
  });

const weakness =
  (type: "open_service" | "misconfiguration"): Maker =>
  (item) => ({
    category: "vulnerability",
    type,
    service: serviceOf(item),
    ...(item.port === 0 ? {} : { service_port: item.port }),
  });

/** A vulnerability that has a number, if the feed says it and where; else a weakness. */
const vulnerability: Maker = (item) => {
  const [cve] = /CVE-\d{4}-\d{4,}/i.exec(item.family) ?? [];
  if (cve === undefined || item.port === 0) return weakness("misconfiguration")(item);
  return {
    category: "vulnerability",
    type: "cve",
    service: serviceOf(item),
    service_port: item.port,
    cve_id: cve.toUpperCase(),
  };
};

const spam: Maker = () => ({ category: "messaging", type: "spam", protocol: "other" });

const leak = content("exposed_data", { data_types: ["other"], exposure_method: "other" });

/** What XARF has no type for is said by its RSIT value. */
const other: Maker = ({ kind, family }) => ({
  category: "reputation",
  type: "threat_intelligence",
  threat_type: kind,
  ...malware(family),
});

/** Whoever the asset is, it lies open or is weak. */
const weaknesses: Partial<Record<Kind, Maker>> = {
  misconfiguration: weakness("misconfiguration"),
  "weak-crypto": weakness("misconfiguration"),
  "ddos-amplifier": weakness("open_service"),
  "potentially-unwanted-accessible": weakness("open_service"),
  "information-disclosure": weakness("open_service"),
  "vulnerable-system": vulnerability,
  "data-leak": leak,
  spam,
};

const ofOrigin: Partial<Record<Kind, Maker>> = {
  ...weaknesses,
  "infected-system": control,
  "c2-server": control,
  "malware-configuration": control,
  "malware-distribution": content("malware"),
  phishing: content("phishing"),
  "social-engineering": content("phishing"),
  masquerade: content("phishing"),
  scanner: connection("port_scan"),
  "brute-force": connection("login_attack"),
  dos: connection("ddos"),
  ddos: connection("ddos"),
};

const ofVictim: Partial<Record<Kind, Maker>> = {
  ...weaknesses,
  "infected-system": botnet,
  "c2-server": botnet,
  "malware-distribution": botnet,
  "malware-configuration": botnet,
  "web-backdoor": content("remote_compromise", { compromise_type: "webshell" }),
  "unauthorised-information-modification": content("remote_compromise", {
    compromise_type: "defacement",
  }),
  "application-compromise": compromised("backdoor"),
  "system-compromise": compromised("backdoor"),
  sabotage: compromised("malware"),
  "privileged-account-compromise": compromised("privilege_escalation"),
  "unprivileged-account-compromise": compromised("credential_theft"),
  "unauthorised-use-of-resources": compromised("cryptominer"),
};

function malware(family: string): ReportType {
  return family === "" ? {} : { malware_family: family.slice(0, 200) };
}

/** Types of content must have a URL: without one it is the site's front page. */
function urlOf({ url, host, address, asset }: RedactedItem): string {
  if (URL.canParse(url)) return new URL(url).href;
  const name = host || address || asset;
  return `http://${name.includes(":") ? `[${name}]` : encodeURIComponent(name)}/`;
}

function isDomain(host: string): boolean {
  return /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(
    host,
  );
}

/** The connection types must say a protocol; nearly all of what is unsaid is TCP. */
function transport(protocol: string): string {
  const name = protocol.toLowerCase();
  return ["tcp", "udp", "icmp", "sctp"].includes(name) ? name : "tcp";
}

function serviceOf({ family, port, protocol }: RedactedItem): string {
  const where = [port === 0 ? "" : String(port), protocol].filter(Boolean).join("/");
  return (family || where || "unknown").slice(0, 200);
}
