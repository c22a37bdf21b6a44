import { createHash } from "node:crypto";
import {
  type AlertTimers,
  defaultTimers,
  priorities,
  type Priority,
} from "../../core/alert/index.ts";
import { defaultPriorities, type RoutingRules } from "../../core/routing/index.ts";
import { readYaml } from "../read-yaml.ts";
import { RulesFile } from "./rules.ts";

/**
 * Reads routing rules. All mistakes are reported at once, each with its line and path, as Fault `rules-invalid`. `path` is only named.
 */
export function parseRules(text: string, path: string): RoutingRules {
  const {
    criticalSectors,
    priorities: byKind,
    timers,
    ...read
  } = readYaml(RulesFile, text, {
    path,
    fault: "rules-invalid",
    example: "order: parallel",
  });
  return {
    ...read,
    version: versionOf(text),
    priorities: {
      byKind: { ...defaultPriorities.byKind, ...byKind },
      criticalSectors: criticalSectors ?? defaultPriorities.criticalSectors,
    },
    timers: Object.fromEntries(
      priorities.map((priority) => [priority, { ...defaultTimers[priority], ...timers[priority] }]),
    ) as Record<Priority, AlertTimers>,
  };
}

/** The version of a text: the same words are the same version. */
function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
