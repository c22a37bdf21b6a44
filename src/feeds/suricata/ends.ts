import type { Members } from "../shared/record/index.ts";

/** The two addresses of an alert, by the names of their members: those of the packet, whoever opened the connection. */
export type End = "src" | "dest";

/** The other end. */
export function other(end: End): End {
  return end === "src" ? "dest" : "src";
}

/** Ports below this are a server's; what calls from one and is answered above it is the server. */
const SERVER_PORTS = 1024;

/** Which end is the server. */
export function serverOf(event: Members): End {
  if (event.has("flow.dest_ip") && !event.areSame("src_ip", "dest_ip"))
    return event.areSame("flow.dest_ip", "src_ip") ? "src" : "dest";
  const direction = event.text("direction");
  if (direction !== "") return direction === "to_client" ? "src" : "dest";
  const from = event.get("src_port");
  const to = event.get("dest_port");
  const answers =
    typeof from === "number" && typeof to === "number" && from < SERVER_PORTS && to >= SERVER_PORTS;
  return answers ? "src" : "dest";
}

/** The end that the rule's own keyword `target` marks; `undefined` where it has none. */
export function markedVictim(event: Members): End | undefined {
  if (!event.has("alert.target.ip")) return undefined;
  return event.areSame("alert.target.ip", "src_ip") ? "src" : "dest";
}

const portMembers: Readonly<Record<End, string>> = { src: "src_port", dest: "dest_port" };

/** Whether the server is one that resolves names: it answered for the one that is meant, and is not meant itself. */
export function isNameQuery(event: Members, server: End): boolean {
  return event.text("app_proto") === "dns" || event.text(portMembers[server]) === "53";
}
