import { type Facts, makeListFormat } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

/** Maltrail: trails of malware. What a trail does is not told: only that to meet it is bad. */
export const maltrail = makeListFormat({
  name: "maltrail",
  title: "Maltrail: trails of malware by family, the history of additions and the trail files",
  types: [
    {
      name: "additions",
      text: { needs: ["day_added", "class", "family", "kind", "indicator"] },
      mapping: {
        version: "maltrail.additions.1",
        fields: {
          time: "day_added",
          until: "day_removed",
          indicator: "indicator",
          family: "family",
        },
        kind: {
          columns: ["class"],
          rules: [{ word: "malware", whole: true, kind: "c2-server" }],
          otherwise: "other",
        },
        subject: "origin",
        tlp: "clear",
      },
      rework: withHost,
    },
    {
      name: "trails",
      says: /maltrail|See the file 'LICENSE' for copying permission/i,
      text: {
        delimiter: /\s+#\s*/,
        columns: ["indicator", "remark"],
        looks: { indicator: /^\S+$/ },
        ragged: true,
      },
      mapping: {
        version: "maltrail.trails.1",
        fields: { indicator: "indicator" },
        kind: "other",
        subject: "origin",
        tlp: "clear",
        undated: true,
      },
      rework: withHost,
    },
  ],
});

/** A path of the web without host is a pattern, and names nobody. */
function withHost(row: Members): readonly Facts[] | undefined {
  const indicator = row.text("indicator");
  return indicator.startsWith("/") ? [{ indicator: undefined, path: indicator }] : undefined;
}
