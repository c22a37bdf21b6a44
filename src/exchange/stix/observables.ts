import { uuid5 } from "../shared/uuid.ts";

/** An object as JSON has it. */
export type StixObject = { readonly type: string; readonly id: string } & Readonly<
  Record<string, unknown>
>;

/** The namespace of ids of observables (STIX 2.1, section 2.9). */
const OBSERVABLES = "00abedb4-aa42-466c-9c01-fed23315a9b7";

/** An observable, with the id that everybody gives it: a UUIDv5 of the members that make it that one, as RFC 8785 writes them. */
function observable(type: string, contributing: Readonly<Record<string, unknown>>): StixObject {
  const sorted = Object.keys(contributing).sort();
  // For texts and whole numbers JSON.stringify writes what RFC 8785 asks for.
  const name = JSON.stringify(Object.fromEntries(sorted.map((key) => [key, contributing[key]])));
  const id = `${type}--${uuid5(OBSERVABLES, name)}`;
  return { type, spec_version: "2.1", id, ...contributing };
}

/** An address of either version. */
export function addressObject(address: string): StixObject {
  return observable(address.includes(":") ? "ipv6-addr" : "ipv4-addr", { value: address });
}

/** A host name. */
export function domainObject(host: string): StixObject {
  return observable("domain-name", { value: host });
}

/** A URL. */
export function urlObject(url: string): StixObject {
  return observable("url", { value: url });
}

/** One end of a connection: what is known of it. */
export interface End {
  readonly ref?: string | undefined;
  readonly port: number;
}

/** A connection of which at least one end has an address or a name. */
export function trafficObject(src: End, dst: End, protocols: readonly string[]): StixObject {
  return observable("network-traffic", {
    ...(src.ref === undefined ? {} : { src_ref: src.ref }),
    ...(dst.ref === undefined ? {} : { dst_ref: dst.ref }),
    ...(src.port === 0 ? {} : { src_port: src.port }),
    ...(dst.port === 0 ? {} : { dst_port: dst.port }),
    protocols,
  });
}

/** The protocols of a connection, from the lowest layer: one must be there. */
export function protocolsOf(address: string, name: string): string[] {
  return [address.includes(":") ? "ipv6" : "ipv4", ...(name === "" ? [] : [name])];
}
