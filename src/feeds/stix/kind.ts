import type { Kind } from "../../core/taxonomy/index.ts";
import { type JsonObject, objectsIn, textIn, textsIn } from "../shared/document/index.ts";
import { kindInWords, kindOfMispCategory, readTags } from "../shared/labels/index.ts";
import type { StixContext } from "./context.ts";
import { programOf } from "./family.ts";

/** What infrastructure of a type is (`infrastructure-type-ov`). A botnet is made of the hosts that are infected. */
const infrastructureKinds: Readonly<Record<string, Kind>> = {
  amplification: "ddos-amplifier",
  anonymization: "other",
  botnet: "infected-system",
  "command-and-control": "c2-server",
  exfiltration: "c2-server",
  "hosting-malware": "malware-distribution",
  "hosting-target-lists": "malware-configuration",
  phishing: "phishing",
  reconnaissance: "scanner",
  staging: "malware-distribution",
};

/** What the phase of a kill chain says of a host: which chain it is of, does not matter. */
const phases: readonly (readonly [RegExp, Kind])[] = [
  [/command.?(and|&).?control|^c2$|exfiltration/, "c2-server"],
  [/^reconnaissance$|^discovery$/, "scanner"],
  [/^delivery$|^installation$/, "malware-distribution"],
  [/^exploitation$/, "exploit"],
];

const infrastructure = new Set(["infrastructure"]);
const any = /./;

/** Labels of an object, and the types that STIX 2.1 has in a member of its own. */
export function labelsOf(object: JsonObject): string[] {
  return [...textsIn(object, "labels"), ...textsIn(object, "indicator_types")];
}

/** The kind of a piece of infrastructure. */
export function kindOfInfrastructure(object: JsonObject): Kind {
  const types = [...textsIn(object, "infrastructure_types"), ...textsIn(object, "labels")];
  const known = types.find((type) => Object.hasOwn(infrastructureKinds, type));
  if (known) return infrastructureKinds[known]!;
  return saidKind(object) ?? "undetermined";
}

/**
 * The kind of what an indicator points at. What it is linked with and what it says of itself come first; an address or a host name that only
 * "indicates" malware is one that the malware talks to, a URL one that it is fetched from.
 */
export function kindOfIndicator(indicator: JsonObject, context: StixContext, isUrl: boolean): Kind {
  const id = textIn(indicator, "id");
  const labels = labelsOf(indicator);
  const tagged = readTags(labels).kind;
  if (tagged) return tagged;
  const [used] = context.linked(id, infrastructure, any);
  const ofUsed = used && kindOfInfrastructure(used);
  if (ofUsed && ofUsed !== "undetermined") return ofUsed;
  if (labels.includes("compromised")) return "system-compromise";
  const said = saidKind(indicator);
  if (said) return said;
  if (programOf(id, context)) return isUrl ? "malware-distribution" : "c2-server";
  return labels.includes("anonymization") ? "other" : "undetermined";
}

/** The kind that an object names in its name, its labels, its phases or, last, its description. */
export function saidKind(object: JsonObject): Kind | undefined {
  return (
    kindInWords(textIn(object, "name"), ...labelsOf(object)) ??
    phaseKind(object) ??
    kindInWords(textIn(object, "description"))
  );
}

function phaseKind(object: JsonObject): Kind | undefined {
  const names = objectsIn(object, "kill_chain_phases").map((phase) =>
    textIn(phase, "phase_name").toLowerCase(),
  );
  return (
    names.map(kindOfMispCategory).find((kind) => kind !== undefined) ??
    phases.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1]
  );
}
