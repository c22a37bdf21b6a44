import { makeListFormat, plainList } from "../shared/list/index.ts";

/** Public lists without times that tell by their name what is listed. */
export const publicLists = makeListFormat({
  name: "public-list",
  title: "public lists of addresses, URLs or names that are known by their name or first lines",
  types: [
    plainList("public-list", {
      name: "greensnow",
      of: "address",
      kind: "other",
      says: /greensnow/i,
    }),
    plainList("public-list", {
      name: "tor",
      of: "address",
      kind: "other",
      says: /tor[-_. ]?(?:bulk|exit|nodes?\b|list)|dan[._-]tv/i,
    }),
    plainList("public-list", { name: "sblam", of: "address", kind: "spam", says: /sblam/i }),
    plainList("public-list", {
      name: "malwarepatrol",
      of: "url",
      kind: "malware-distribution",
      says: /malware ?patrol|malurl/i,
      comments: ["#", ";", "!", "["],
    }),
    plainList("public-list", {
      name: "spam404",
      of: "host",
      kind: "masquerade",
      says: /spam404|scam[-_.]?list/i,
    }),
  ],
});

/** Addresses, one a line, perhaps with a port, a mask or a remark. */
export const addressList = makeListFormat({
  name: "address-list",
  title: "a list of bad addresses or networks, one a line",
  types: [
    plainList("address-list", { name: "address-list", of: "address", kind: "other", tlp: "amber" }),
  ],
});

/** URLs, one a line. */
export const urlList = makeListFormat({
  name: "url-list",
  title: "a list of bad URLs, one a line",
  types: [plainList("url-list", { name: "url-list", of: "url", kind: "other", tlp: "amber" })],
});

/** Host names, one a line. */
export const hostNameList = makeListFormat({
  name: "name-list",
  title: "a list of bad host names, one a line",
  types: [plainList("name-list", { name: "name-list", of: "host", kind: "other", tlp: "amber" })],
});
