import { makeListFormat } from "../shared/list/index.ts";
import { withPages } from "../shared/page/index.ts";

/** ViriBack's C2 Tracker: panels from which bots are controlled, as the table of its page or as its dump in CSV. */
export const viriback = withPages(
  makeListFormat({
    name: "viriback",
    title: "ViriBack C2 Tracker: control panels, CSV or the table in HTML",
    types: ["malware", "family"].map((family) => ({
      name: family === "malware" ? "viriback" : "viriback-dump",
      text: { needs: [family, "url", "ip", "firstseen"], header: "row" },
      mapping: {
        version: "viriback.1",
        fields: { time: "FirstSeen", url: "url", address: "ip", family },
        kind: "c2-server",
        subject: "origin",
        dateOrder: "day-first",
        tlp: "clear",
      },
    })),
  }),
);
