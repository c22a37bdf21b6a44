import { Fault } from "../../core/fault.ts";
import type { DirectoryReading, ReadingOptions } from "../../core/institution/index.ts";
import { domainName } from "../shared/directory/addresses.ts";
import { Asker, type AskerOptions } from "../shared/directory/asker.ts";
import { readSecurityTxt } from "./read.ts";

/** How to fetch. */
interface FetchOptions extends ReadingOptions, Pick<AskerOptions, "userAgent" | "inside"> {
  readonly signal: AbortSignal;
  /** Where a domain's web site is; `https://<domain>` unless a test says otherwise. */
  readonly siteOf?: (domain: string) => string;
}

/** RFC 9116, section 3: in this order. */
const PATHS = ["/.well-known/security.txt", "/security.txt"];
/** RFC 9116, section 5.4: what is longer is not read. */
const MOST_BYTES = 32_768;

/**
 * Fetches the security.txt of a domain and reads it. Over https only; a redirect may lead within the domain. Throws
 * Fault `usage` for what is no domain, `lookup-empty` if the site has none, `lookup-failed` if it cannot be asked.
 */
export async function fetchSecurityTxt(
  host: string,
  options: FetchOptions,
): Promise<DirectoryReading> {
  const domain = domainName(host);
  if (domain === undefined) throw new Fault("usage", `${host} is no domain`);
  const { siteOf = (name) => `https://${name}`, userAgent, inside, signal } = options;
  const asker = new Asker({ userAgent, inside, timeoutMs: 20_000, maxBytes: MOST_BYTES });
  try {
    for (const path of PATHS) {
      const url = new URL(path, siteOf(domain));
      const mayLeadTo = (to: URL): boolean => isWithin(to.hostname, url.hostname);
      const answer = await asker.ask(url, { accept: "text/plain", signal, mayLeadTo });
      const isText = /^text\/plain\b/i.test(answer.headers["content-type"] ?? "");
      if (answer.status === 200 && isText)
        return readSecurityTxt(answer.body.toString("utf8"), domain, options);
      if (answer.status >= 500)
        throw new Fault("lookup-failed", `${url.host} answered with ${answer.status}`);
    }
  } finally {
    await asker.close();
  }
  throw new Fault("lookup-empty", `${domain} has no security.txt`);
}

/** The host itself, or one below it; `www.` in front does not count. */
function isWithin(host: string, domain: string): boolean {
  const bare = domain.replace(/^www\./, "");
  return host === bare || host.endsWith(`.${bare}`);
}
