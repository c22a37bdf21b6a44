import { parseTlp, type Tlp, tlpCode } from "../../../core/marking/index.ts";
import { isKind, type Kind } from "../../../core/taxonomy/index.ts";
import { kindsByTaxonomy } from "./tag-kinds.ts";

/** A machine tag: `namespace:predicate="value"`, without a value or a namespace as well. */
interface Tag {
  readonly namespace: string;
  readonly predicate: string;
  readonly value: string;
}

/** What tags say. */
export interface TagFacts {
  /** The most restricted of the labels. */
  readonly tlp?: Tlp;
  readonly kind?: Kind;
  readonly family?: string;
}

/** Galaxies whose clusters are families of malicious programs, the most telling first. */
const familyGalaxies = [
  /botnet/,
  /malpedia/,
  /banker|stealer|ransomware|\brat\b|cryptominer/,
  /malware/,
  /backdoor|trojan/,
  /\btool\b|\btds\b|exploit-kit|android/,
];

const notFamilies =
  /^(malware|trojan|ransomware|worm|virus|backdoor|rat|botnet|dropper|downloader|infostealer|stealer|spyware|adware|rootkit|banking[-_]trojan|generic|unknown|active|.*-.*control|c2|cc)$/i;

function readTag(text: string): Tag {
  const parts = /^([^:="]+):([^="]+)(?:=\s*"?([^"]*)"?)?$/.exec(text.trim());
  if (!parts) return { namespace: "", predicate: text.trim().toLowerCase(), value: "" };
  return {
    namespace: parts[1]!.trim().toLowerCase(),
    predicate: parts[2]!.trim(),
    value: (parts[3] ?? "").trim(),
  };
}

/** Reads tags, or labels, whichever of them are machine tags. */
export function readTags(texts: readonly string[]): TagFacts {
  const tags = texts.map(readTag);
  const tlp = strictest(
    tags.filter((tag) => tag.namespace === "tlp").map((tag) => parseTlp(tag.predicate)),
  );
  const kind = tags.map(kindOf).find((found) => found !== undefined);
  const family = familyOf(tags);
  return { ...(tlp && { tlp }), ...(kind && { kind }), ...(family && { family }) };
}

/** The most restricted of some labels; `undefined` if there is none. */
export function strictest(labels: readonly (Tlp | undefined)[]): Tlp | undefined {
  return labels.reduce((a, b) => (!a || (b && tlpCode(b) > tlpCode(a)) ? b : a), undefined);
}

function kindOf({ namespace, predicate, value }: Tag): Kind | undefined {
  if (!Object.hasOwn(kindsByTaxonomy, namespace)) return undefined;
  const kinds = kindsByTaxonomy[namespace]!;
  const word = (value || predicate).toLowerCase().replaceAll(/[\s_]+/g, "-");
  if (Object.hasOwn(kinds, word)) return kinds[word];
  return isKind(word) && word !== "other" && word !== "undetermined" ? word : undefined;
}

function familyOf(tags: readonly Tag[]): string | undefined {
  for (const galaxy of familyGalaxies) {
    const tag = tags.find(
      ({ namespace, predicate }) =>
        namespace.endsWith("galaxy") && galaxy.test(predicate.toLowerCase()),
    );
    if (tag && tag.value !== "") return familyName(tag.value);
  }
  for (const { namespace, predicate, value } of tags) {
    const name =
      predicate === "malware-family" ? value : namespace === "malware" ? value || predicate : "";
    if (name !== "" && !notFamilies.test(name)) return familyName(name);
  }
  return undefined;
}

/** The name of a cluster, without the number that ATT&CK gives it: `Emotet - S0367`. */
export function familyName(cluster: string): string {
  return cluster.trim().replace(/\s+-\s+[SG]\d{4}$/, "");
}

/** How telling a galaxy is of a family: the lower, the more; -1 if its clusters are no families. */
export function familyRank(galaxy: string): number {
  return familyGalaxies.findIndex((pattern) => pattern.test(galaxy.toLowerCase()));
}
