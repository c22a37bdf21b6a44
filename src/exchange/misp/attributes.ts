import { originOpens, rsitOf } from "../shared/direction.ts";
import type { Outgoing } from "../shared/outgoing.ts";
import { protocolName } from "../shared/protocol-names.ts";
import { ownUuid } from "../shared/uuid.ts";

/** An attribute of an object, as MISP's JSON has it. */
export type Attribute = Readonly<Record<string, unknown>>;

type Row = readonly [relation: string, type: string, value: string | number, more?: object];

/**
 * The attributes of an observation: those of MISP's template `network-connection`, and what it has none for under relations of ours,
 * which begin with `tocsin-`.
 */
export function attributesOf(out: Outgoing, object: string): Attribute[] {
  const opens = originOpens(out.kind);
  const rows: Row[] = [
    ...sideRows(out, "victim", opens ? "dst" : "src"),
    ...sideRows(out, "origin", opens ? "src" : "dst"),
    ["layer4-protocol", "text", protocolName(out.protocol).toUpperCase()],
    ["first-packet-seen", "datetime", out.seenAt],
    ["url", "url", out.url, { to_ids: true }],
    ...ownRows(out, opens ? "dst" : "src"),
  ];
  return rows
    .filter(([, , value]) => value !== "" && value !== 0)
    .map(([relation, type, value, more]) => ({
      uuid: ownUuid("misp-attribute", object, relation),
      object_relation: relation,
      type,
      category: "Network activity",
      to_ids: false,
      disable_correlation: type === "text" || type === "datetime" || type === "port",
      distribution: "5",
      value: String(value),
      ...more,
    }));
}

/** What is to be looked for is the origin: the victim is no sign of anything. */
function sideRows(out: Outgoing, side: "victim" | "origin", end: "src" | "dst"): Row[] {
  const search = { to_ids: side === "origin" };
  return [
    [`ip-${end}`, `ip-${end}`, out[side], search],
    [`${end}-port`, "port", out[`${side}Port`]],
    [`hostname-${end}`, "hostname", out[`${side}Host`], search],
  ];
}

function ownRows(out: Outgoing, victimEnd: string): Row[] {
  const { of, type } = rsitOf(out.kind);
  const text = (name: string, value: string | number, more: object = {}): Row => [
    `tocsin-${name}`,
    "text",
    value,
    { category: "Other", ...more },
  ];
  return [
    text("kind", out.kind, { Tag: [{ name: `rsit:${of}="${type}"` }] }),
    text("victim-end", victimEnd),
    text("family", exact(out.family), { category: "Payload type" }),
    text("event-id", exact(out.eventId)),
    text("feed", out.feed),
    text("protocol", protocolName(out.protocol) === "" ? out.protocol : ""),
    text("seen-until", out.seenUntil ?? ""),
    text("count", out.count === 1 ? 0 : out.count),
    text("confidence", out.confidence === null ? "" : String(out.confidence)),
    text("extra", Object.keys(out.extra).length === 0 ? "" : JSON.stringify(out.extra)),
  ];
}

/** MISP takes blanks around a value away: a text that has some is written as JSON, and one that might be taken for that, too. */
function exact(text: string): string {
  return text !== text.trim() || text.startsWith('"') ? JSON.stringify(text) : text;
}
