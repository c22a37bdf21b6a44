import type { Finding } from "../finding/index.ts";

/** Longest URL that a scraped abuse box is shown. */
const SHORT = 100;

/**
 * The URL of a finding as evidence: empty unless it lies on the asset itself (the URL of an origin's deed may name the victim's host).
 * User and password are left out. `short` leaves out query and fragment as well, which may name a person, and cuts what is long.
 */
export function evidenceUrl(
  finding: Pick<Finding, "asset" | "address" | "host" | "url">,
  length: "short" | "full",
): string {
  const parts =
    /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^/?#:]*)(:\d+)?([^?#]*)(.*)$/i.exec(
      finding.url,
    );
  if (parts === null) return "";
  const [, scheme = "", host = "", port = "", path = "", rest = ""] = parts;
  if (!isOfAsset(host, finding)) return "";
  const stem = `${scheme}${host}${port}${path}`;
  return length === "full" ? `${stem}${rest}` : stem.slice(0, SHORT);
}

function isOfAsset(
  host: string,
  { asset, ...own }: Pick<Finding, "asset" | "address" | "host">,
): boolean {
  const name = host
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  return name !== "" && [asset, own.address, own.host].some((it) => it.toLowerCase() === name);
}

/** Whether a URL names an address other than the asset's, or one of some hosts and addresses. */
export function namesAnother(
  url: string,
  finding: Pick<Finding, "asset" | "address">,
  others: readonly string[],
): boolean {
  const text = url.toLowerCase();
  const addresses = text.match(/\d{1,3}(?:\.\d{1,3}){3}/g) ?? [];
  return (
    addresses.some((it) => it !== finding.asset && it !== finding.address) ||
    others.some((other) => other !== "" && text.includes(other.toLowerCase()))
  );
}
