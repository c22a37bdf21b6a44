import { z } from "zod";
import { type Prefix, PrefixTable, readPrefix } from "../../core/institution/index.ts";
import type { RdapSubject } from "./subject.ts";

/** The files of RFC 9224, by what they are about. */
export const bootstrapFiles = ["asn", "ipv4", "ipv6", "dns"] as const;

/** One of {@link bootstrapFiles}. */
export type BootstrapFile = (typeof bootstrapFiles)[number];

/** `{ services: [[entries, urls], ...] }`, as IANA publishes it. */
const Document = z.object({
  services: z.array(z.tuple([z.array(z.string()), z.array(z.string())]).rest(z.unknown())),
});

/** Which file knows the server of a subject. */
export function fileOf(subject: RdapSubject): BootstrapFile {
  if (subject.kind === "ip") return subject.address.version === 4 ? "ipv4" : "ipv6";
  return subject.kind === "autnum" ? "asn" : "dns";
}

/**
 * The base URLs of the servers that know a subject, https first; empty if the file names none (RFC 9224, sections 4
 * and 5).
 */
export function serversOf(document: unknown, subject: RdapSubject): string[] {
  const services = Document.safeParse(document).data?.services ?? [];
  const urls = best(services, subject) ?? [];
  return urls
    .filter((url) => URL.canParse(url) && /^https?:/.test(url))
    .sort((left, right) => Number(right.startsWith("https:")) - Number(left.startsWith("https:")));
}

type Services = z.output<typeof Document>["services"];

function best(services: Services, subject: RdapSubject): string[] | undefined {
  switch (subject.kind) {
    case "ip": {
      const entries = services.flatMap(([networks, urls]) =>
        networks.flatMap((text): [Prefix, string[]][] => {
          const prefix = readPrefix(text);
          return prefix?.address.version === subject.address.version ? [[prefix, urls]] : [];
        }),
      );
      return new PrefixTable(entries).find(subject.address)[0];
    }
    case "autnum":
      return services.find(([ranges]) => ranges.some((range) => isIn(range, subject.asn)))?.[1];
    case "domain": {
      const byDomain = new Map(
        services.flatMap(([names, urls]) => names.map((name) => [name.toLowerCase(), urls])),
      );
      const labels = subject.domain.split(".");
      const suffixes = labels.map((_, at) => labels.slice(at).join("."));
      return suffixes.map((suffix) => byDomain.get(suffix)).find((urls) => urls !== undefined);
    }
  }
}

function isIn(range: string, asn: number): boolean {
  const [first = NaN, last = first] = range.split("-").map(Number);
  return asn >= first && asn <= last;
}
