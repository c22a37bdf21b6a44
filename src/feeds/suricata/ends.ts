import type { JsonObject } from "../shared/record/index.ts";

/** The two addresses of an alert, by the names of their members: those of the packet, whoever opened the connection. */
export type End = "src" | "dest";

/** The other end. */
export function other(end: End): End {
  return end === "src" ? "dest" : "src";
}

/** Ports below this are a server's; what calls from one and is answered above it is the server. */
const SERVER_PORTS = 1024;

/** Which end is the server. `record` is flat. */
export function serverOf(record: JsonObject): End {
  const server = record["flow.dest_ip"];
  if (server !== undefined && record["src_ip"] !== record["dest_ip"])
    return server === record["src_ip"] ? "src" : "dest";
  if (record["direction"] === "to_client") return "src";
  if (record["direction"] === "to_server") return "dest";
  const [from, to] = [record["src_port"], record["dest_port"]];
  const answers =
    typeof from === "number" && typeof to === "number" && from < SERVER_PORTS && to >= SERVER_PORTS;
  return answers ? "src" : "dest";
}

/** The end that the rule's own keyword `target` marks; `undefined` where it has none. */
export function markedVictim(record: JsonObject): End | undefined {
  const target = record["alert.target.ip"];
  if (target === undefined) return undefined;
  return target === record["src_ip"] ? "src" : "dest";
}

/** Whether the server is one that resolves names: it answered for the one that is meant, and is not meant itself. */
export function isNameQuery(record: JsonObject, server: End): boolean {
  return record["app_proto"] === "dns" || record[`${server}_port`] === 53;
}
