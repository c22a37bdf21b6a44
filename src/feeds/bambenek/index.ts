import { makeListFormat } from "../shared/list/index.ts";

/** Bambenek and lists like it: addresses and names of C2 servers, and names that an algorithm makes, with the family in words. */
export const bambenek = makeListFormat({
  name: "bambenek",
  title: "Bambenek: C2 addresses, C2 names and DGA names by family",
  types: [
    {
      name: "bambenek",
      text: {
        columns: ["indicator", "description", "date", "link"],
        looks: {
          indicator: /^\S+\.\S+$/,
          description: /^(?:IP|Domain|Master Indicator)\b.*\b(?:used by|for)\b/i,
          date: /^\d{4}-\d{2}-\d{2}/,
        },
        ragged: true,
      },
      mapping: {
        version: "bambenek.1",
        fields: { time: "date", indicator: "indicator", family: "family" },
        kind: "c2-server",
        subject: "origin",
        tlp: "green",
      },
      rework: (row) => [{ family: familyIn(row.text("description")) }],
    },
  ],
});

/** `IP used by banjori C&C`, `Domain used by Cryptolocker - Flashback DGA for 13 Jan 2016`. */
function familyIn(description: string): string {
  const words = /used by (.+?)(?: (?:C&C|C2|DGA|domain|server)\b.*| for .*)?$/i.exec(description);
  return words?.[1]?.trim() ?? "";
}
