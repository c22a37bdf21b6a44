import type { DescribeHost } from "../../core/network/index.ts";
import { type HostDirectory, type HostEntry, openHosts } from "./hosts.ts";
import { shippedSuffixes } from "./shipped-suffixes.ts";

export { readHostList } from "./host-list.ts";
export { openHosts } from "./hosts.ts";
export type { HostDirectory, HostEntry } from "./hosts.ts";
export { SECTORS, sectorName } from "./sectors.ts";

/** What an operator adds to the shipped lists. */
export interface HostOptions {
  readonly operatorHosts: readonly HostEntry[];
}

/** The shipped lists and the operator's own, as plain data for `openHosts`, here or in a worker thread. */
export async function buildHosts({ operatorHosts }: HostOptions): Promise<HostDirectory> {
  return { operator: operatorHosts, suffixes: await shippedSuffixes() };
}

/** Answers questions about hosts, in this thread. */
export async function makeDescribeHost(options: HostOptions): Promise<DescribeHost> {
  return openHosts(await buildHosts(options));
}
