/** Members by their names. */
type Fields = Record<string, string>;

/** The spellings of a member's name, through the years, by what it means. */
const spellings: Readonly<Record<string, string>> = {
  family: "family",
  mwtype: "family",
  hostname: "hostname",
  port: "port",
  srcport: "port",
  src_port: "port",
  dest_addr: "dest_addr",
  destaddr: "dest_addr",
  dstaddr: "dest_addr",
  dest_port: "ports",
  destport: "ports",
  dstport: "ports",
  darknet_port: "ports",
  honeypot_port: "ports",
  ports_scanned: "ports",
  destination_port_numbers: "ports",
  protocol: "protocol",
  proxy_type: "proxy_type",
  url: "url",
};

const words = /(srcport|mwtype|dstaddr|destaddr|dstport|destport) (\S+)/g;

const named = /^([a-z_]+)\s*:\s*(?!\/\/)(.*)$/i;
const proxy = /^(?:http|socks)\w*-\d+$/i;

/** Adds the members of the column `optional_information`, under one name each; what has no name of its own is a `note`. */
export function readInformation(text: string, fields: Fields): void {
  for (const part of parts(text)) {
    if (part === "") continue;
    const { name, value } = nameIn(part);
    if (name !== undefined) put(fields, name, value);
    else if (/^https?:\/\//i.test(part)) fields["url"] = part;
    else if (proxy.test(part)) fields["proxy_type"] = part;
    else fields["note"] = part;
  }
  const { proxy_type } = fields;
  if (proxy_type === undefined) return;
  const [, type = "", port] = /^(\w+)-(\d+)$/.exec(proxy_type) ?? [];
  if (port !== undefined) Object.assign(fields, { proxy_type: type, port });
}

interface Named {
  readonly name: string | undefined;
  readonly value: string;
}

const MOST_KEPT = 4096;
const LONGEST_KEPT = 128;
const kept = new Map<string, Named>();

/** The member that a part names; most parts come again. */
function nameIn(part: string): Named {
  let found = kept.get(part);
  if (found !== undefined) return found;
  const [, name, value = ""] = named.exec(part) ?? [];
  found = { name: name && (spellings[name.toLowerCase()] ?? name), value: value.trim() };
  if (kept.size === MOST_KEPT) kept.clear();
  if (part.length <= LONGEST_KEPT) kept.set(part, found);
  return found;
}

/** A host name that the next member follows without a break: `hostname: sub.example.comport: 80`. */
function put(fields: Fields, name: string, value: string): void {
  const [, host, port] = (name === "hostname" && /^(\S+?)port:\s*(\d+)$/.exec(value)) || [];
  if (host !== undefined && port !== undefined) Object.assign(fields, { hostname: host, port });
  else fields[name] = value;
}

function parts(text: string): string[] {
  if (!text.includes(":")) {
    const pairs = [...text.matchAll(words)];
    if (pairs.length > 0) return pairs.map(([, name, value]) => `${name}: ${value}`);
  }
  return text.split(";").map((part) => part.trim());
}

/** The ports of a list such as `17875,24526 (total_count:19)`; one empty text if it names none. */
export function readPorts(text: string | undefined): readonly string[] {
  if (text === undefined || text === "") return [""];
  if (/^\d+$/.test(text)) return [text];
  return text.replace(/\(.*\)/, "").match(/\d+/g) ?? [""];
}
