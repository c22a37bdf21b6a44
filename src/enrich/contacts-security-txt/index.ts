import type { ContactsFormat } from "../../app/case-ports.ts";
import { wholeText } from "../shared/directory/whole-text.ts";
import { readSecurityTxt } from "./read.ts";

export { fetchSecurityTxt } from "./fetch.ts";

/** A security.txt that lies on the disk; whose it is, its `Canonical` says. */
export const securityTxtContacts: ContactsFormat = {
  name: "security-txt",
  title: "security.txt of a web site (RFC 9116)",
  whole: false,
  several: false,
  read: async (chunks, options) => readSecurityTxt(await wholeText(chunks), undefined, options),
};
