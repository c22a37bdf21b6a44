/*
 * What XARF 4.2 asks of the types that we write, in our own words (xarf.org, core and type schemas, read 2026-11-26): for the tests. Members
 * that a type only recommends are left out.
 */

const dateTime = { type: "string", format: "date-time" };
const port = { type: "integer", minimum: 1, maximum: 65_535 };
const cve = { type: "string", pattern: "^CVE-[0-9]{4}-[0-9]+$" };
const contact = {
  type: "object",
  required: ["org", "contact", "domain"],
  properties: {
    org: { type: "string", maxLength: 200 },
    contact: { type: "string", format: "email" },
    domain: { type: "string", format: "hostname" },
  },
  additionalProperties: false,
};

/** Category and type with the members that they ask for, and the values that these may have. */
function type(
  category: string,
  name: string,
  required: readonly string[],
  properties: Readonly<Record<string, unknown>> = {},
): object {
  return {
    properties: { category: { const: category }, type: { const: name }, ...properties },
    required: ["category", "type", ...required],
  };
}

const url = {
  url: { type: "string", format: "uri" },
  domain: { type: "string", format: "hostname" },
};
const text = (maxLength: number) => ({ type: "string", maxLength });
const oneOf = (...values: readonly string[]) => ({ enum: values });
const transport = { protocol: oneOf("tcp", "udp", "icmp", "sctp") };
const service = { service: text(200), service_port: port };

export const xarf4 = {
  type: "object",
  required: [
    "xarf_version",
    "report_id",
    "timestamp",
    "reporter",
    "sender",
    "source_identifier",
    "category",
    "type",
  ],
  properties: {
    xarf_version: { type: "string", pattern: "^4\\.[0-9]+\\.[0-9]+$" },
    report_id: { type: "string", format: "uuid" },
    timestamp: dateTime,
    first_seen: dateTime,
    last_seen: dateTime,
    reporter: contact,
    sender: contact,
    source_identifier: { type: "string", minLength: 1 },
    source_port: port,
    tags: {
      type: "array",
      maxItems: 20,
      items: { type: "string", pattern: "^[a-z0-9][a-z0-9_+-]*:[a-z0-9][a-z0-9_+-.]*$" },
    },
    confidence: { type: "number", minimum: 0, maximum: 1 },
    description: text(1_000),
    asn: { type: "integer", minimum: 1, maximum: 4_294_967_295 },
    country_code: { type: "string", pattern: "^[A-Z]{2}$" },
    malware_family: text(200),
  },
  oneOf: [
    type("infrastructure", "botnet", ["compromise_evidence"]),
    type("infrastructure", "compromised_server", ["compromise_type"], {
      compromise_type: oneOf(
        "webshell",
        "backdoor",
        "rootkit",
        "malware",
        "credential_theft",
        "privilege_escalation",
        "remote_access_trojan",
        "cryptominer",
      ),
    }),
    type("content", "phishing", ["url"], url),
    type("content", "malware", ["url"], url),
    type("content", "remote_compromise", ["url", "compromise_type"], {
      ...url,
      compromise_type: oneOf("webshell", "backdoor", "defacement", "other"),
    }),
    type("content", "exposed_data", ["url", "data_types", "exposure_method"], url),
    type("connection", "port_scan", ["protocol", "first_seen"], transport),
    type("connection", "login_attack", ["protocol", "first_seen"], transport),
    type("connection", "ddos", ["protocol", "first_seen"], transport),
    type("vulnerability", "open_service", ["service"], service),
    type("vulnerability", "misconfiguration", ["service"], service),
    type("vulnerability", "cve", ["service", "service_port", "cve_id"], {
      ...service,
      cve_id: cve,
    }),
    type("messaging", "spam", ["protocol"], { protocol: oneOf("smtp", "sms", "other") }),
    type("reputation", "threat_intelligence", ["threat_type"]),
  ],
};
