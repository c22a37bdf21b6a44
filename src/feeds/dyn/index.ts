import { makeListFormat } from "../shared/list/index.ts";

/**
 * The list of web sites that Ponmocup infected. A row asserts two things: the site was broken into and sends visitors on to the
 * malicious host, its origin; and the site's page hands out malware.
 */
export const dyn = makeListFormat({
  name: "dyn",
  title: "DynDNS Ponmocup: infected web sites and where they send their visitors",
  types: [
    {
      name: "dyn",
      says: /ponmocup|dyn/i,
      text: {
        delimiter: /\s+/,
        columns: ["mark", "site", "page", "malicious_host"],
        looks: { mark: /^\/$/, site: /\./, page: /^https?:/, malicious_host: /\./ },
      },
      mapping: {
        version: "dyn.1",
        fields: { host: "site", url: "page", peerHost: "malicious_host" },
        kind: {
          columns: ["asserts"],
          rules: [{ word: "compromise", whole: true, kind: "system-compromise" }],
          otherwise: "malware-distribution",
        },
        subject: "by-kind",
        tlp: "clear",
        undated: true,
        leaveOut: ["mark", "asserts"],
      },
      // Where the page sends its visitors is no victim of it.
      rework: (row) => [
        { redirects_to: row.text("malicious_host"), malicious_host: undefined },
        { asserts: "compromise" },
      ],
    },
  ],
});
