import type { ContactsFormat } from "../../app/case-ports.ts";
import { jsonOf, wholeText } from "../shared/directory/whole-text.ts";
import { readRdap } from "./read.ts";

export { IANA_BOOTSTRAP, RdapClient, type RdapOptions } from "./client.ts";
export { readRdap } from "./read.ts";

/** One answer of an RDAP server that lies on the disk. */
export const rdapContacts: ContactsFormat = {
  name: "rdap",
  title: "An RDAP answer about a network, an AS number or a domain (RFC 9083), JSON",
  whole: false,
  several: false,
  read: async (chunks, options) => readRdap(jsonOf(await wholeText(chunks)), options),
};
