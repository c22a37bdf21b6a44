import type { CaseSession } from "../../app/case-ports.ts";
import type { Drafts } from "./tables.ts";

export function findingsIn({ cursors, findings }: Drafts) {
  return {
    cursor: async (name) => cursors.at(name),
    setCursor: async (name, value) => cursors.put(name, value),
    putFindings: async (folds) => {
      const fresh = new Set<string>();
      for (const fold of folds) {
        const known = findings.at(fold.key);
        if (!known) fresh.add(fold.key);
        const { state, episode } = known ?? { state: "open", episode: 1 };
        findings.put(fold.key, { ...fold, state, episode });
      }
      return { fresh };
    },
    finding: async (key) => findings.at(key),
  } satisfies Partial<CaseSession>;
}
