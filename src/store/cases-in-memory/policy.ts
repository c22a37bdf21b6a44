import type { CaseSession } from "../../app/case-ports.ts";
import { lastFirstBy, sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

export function policyIn({ rules, inhibitions, settings, series }: Drafts) {
  return {
    rulesVersions: async () =>
      lastFirstBy([...rules.rows()], ({ savedAt, version }) => [savedAt, version]),
    activeRules: async () => rules.filter(({ activatedAt }) => activatedAt !== null)[0],
    putRules: async (version) => {
      if (version.activatedAt !== null)
        for (const other of rules.filter(({ activatedAt }) => activatedAt !== null))
          rules.put(other.version, { ...other, activatedAt: null });
      rules.put(version.version, version);
    },
    inhibitions: async (now) =>
      sortedBy(
        inhibitions.filter(({ since, until }) => since <= now && now < until),
        ({ until, id }) => [until, id],
      ),
    putInhibition: async (inhibition) => inhibitions.put(inhibition.id, inhibition),
    removeInhibition: async (id) => inhibitions.remove(id),
    setting: async (name) => settings.at(name),
    setSetting: async (name, value) => settings.put(name, value),
    nextNumber: async (name) => {
      const next = (series.at(name) ?? 0) + 1;
      series.put(name, next);
      return next;
    },
  } satisfies Partial<CaseSession>;
}
