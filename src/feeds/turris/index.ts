import { type Facts, makeListFormat } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

/** The port of the service that an address knocked at, by its tag. */
const ports: Readonly<Record<string, string>> = {
  ftp: "21",
  ssh: "22",
  telnet: "23",
  smtp: "25",
  smtp_submission: "587",
  dns: "53",
  http: "80",
  https: "443",
  sip: "5060",
};

/** Turris Sentinel greylist: addresses that attacked the minipots of routers. One observation a service. */
export const turris = makeListFormat({
  name: "turris",
  title: "Turris Sentinel greylist: addresses that attacked minipots, CSV",
  types: [
    {
      name: "greylist",
      text: { needs: ["address", "tags"] },
      says: /turris|greylist/i,
      mapping: {
        version: "turris.greylist.1",
        fields: { address: "Address", peerPort: "port", protocol: "transport" },
        kind: {
          columns: ["Tags"],
          rules: [{ word: "scan", kind: "scanner" }],
          otherwise: "brute-force",
        },
        subject: "origin",
        tlp: "clear",
        undated: true,
      },
      rework: byTag,
    },
  ],
});

function byTag(row: Members): readonly Facts[] {
  const tags = (row.text("Tags") || row.text("tags")).split(",").map((tag) => tag.trim());
  return tags.map((tag) => {
    const port = ports[tag];
    return { Tags: tag, ...(port ? { port, transport: "tcp" } : {}) };
  });
}
