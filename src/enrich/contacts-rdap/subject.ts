import { addressFromText, addressText, type AddressWords } from "../../core/network/index.ts";
import { canonicalValue } from "../../core/institution/index.ts";
import { domainName } from "../shared/directory/addresses.ts";

/** What a registry is asked about. */
export type RdapSubject =
  | { readonly kind: "ip"; readonly address: AddressWords }
  | { readonly kind: "autnum"; readonly asn: number }
  | { readonly kind: "domain"; readonly domain: string };

/** An address, an AS number (`AS64500`) or a domain; `undefined` if it is none of them. */
export function rdapSubject(text: string): RdapSubject | undefined {
  const address = addressFromText(text.trim());
  if (address !== undefined) return { kind: "ip", address };
  if (/^as\d+$/i.test(text.trim())) {
    const asn = Number(canonicalValue("asn", text) ?? 0);
    return asn > 0 ? { kind: "autnum", asn } : undefined;
  }
  const domain = domainName(text);
  return domain?.includes(".") ? { kind: "domain", domain } : undefined;
}

/** The path of the question (RFC 9082, section 3.1). */
export function pathOf(subject: RdapSubject): string {
  switch (subject.kind) {
    case "ip":
      return `ip/${addressText(subject.address)}`;
    case "autnum":
      return `autnum/${subject.asn}`;
    case "domain":
      return `domain/${subject.domain}`;
  }
}

/** Labels below a registered domain are no concern of a registry; so many parents are tried. */
const MOST_PARENTS = 4;

/** What may be asked about, the closest first: of a domain also its parents with two labels or more. */
export function candidatesOf(subject: RdapSubject): RdapSubject[] {
  if (subject.kind !== "domain") return [subject];
  const labels = subject.domain.split(".");
  return labels
    .slice(0, -1)
    .map((_, at) => ({ kind: "domain", domain: labels.slice(at).join(".") }) as const)
    .slice(-MOST_PARENTS);
}
