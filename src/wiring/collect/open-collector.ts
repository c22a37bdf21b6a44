import type { Collector } from "../../app/collect-ports.ts";
import type { From, FromWay } from "../../config/index.ts";
import { httpOptions } from "./http-options.ts";
import { readSecret } from "./secrets.ts";

/** What a way in promises before it is opened. */
export const MANNERS: Record<From["way"], Pick<Collector, "manner" | "unjournaled">> = {
  directory: { manner: "polls", unjournaled: "dropped" },
  http: { manner: "polls", unjournaled: "dropped" },
  imap: { manner: "polls", unjournaled: "dropped" },
  kafka: { manner: "listens", unjournaled: "dropped" },
  misp: { manner: "polls", unjournaled: "dropped" },
  nats: { manner: "listens", unjournaled: "dropped" },
  push: { manner: "listens", unjournaled: "dropped" },
  s3: { manner: "polls", unjournaled: "dropped" },
  shadowserver: { manner: "polls", unjournaled: "dropped" },
  syslog: { manner: "listens", unjournaled: "kept" },
  taxii: { manner: "polls", unjournaled: "dropped" },
};

/** A way in, loaded when it is needed, with its secrets out of their files. */
const OPEN: { [Way in From["way"]]: (from: FromWay<Way>) => Promise<Collector> } = {
  directory: async (from) => {
    const { makeDirectoryCollector } = await import("../../collect/directory/index.ts");
    return makeDirectoryCollector(from);
  },
  http: async ({ url, fileName, ...settings }) => {
    const { makeHttpCollector } = await import("../../collect/http/index.ts");
    const http = await httpOptions(settings);
    return makeHttpCollector({ url, http, ...(fileName === undefined ? {} : { fileName }) });
  },
  misp: async (from) => {
    const { makeMispCollector } = await import("../../collect/misp/index.ts");
    return makeMispCollector({ ...from, http: await httpOptions(from) });
  },
  s3: async (from) => {
    const { makeS3Collector } = await import("../../collect/s3/index.ts");
    const { accessKeyId, region, secretKeyFile, sessionTokenFile } = from;
    const secretKey = await readSecret(secretKeyFile);
    const credentials = { accessKeyId, region, secretKey };
    return makeS3Collector({
      ...from,
      http: await httpOptions(from),
      credentials:
        sessionTokenFile === undefined
          ? credentials
          : { ...credentials, sessionToken: await readSecret(sessionTokenFile) },
    });
  },
  shadowserver: async ({ keyFile, secretFile, ...from }) => {
    const { makeShadowserverCollector } = await import("../../collect/shadowserver/index.ts");
    const [key, secret] = await Promise.all([readSecret(keyFile), readSecret(secretFile)]);
    return makeShadowserverCollector({ ...from, key, secret, http: await httpOptions(from) });
  },
  taxii: async (from) => {
    const { makeTaxiiCollector } = await import("../../collect/taxii/index.ts");
    return makeTaxiiCollector({ ...from, http: await httpOptions(from) });
  },
};

/** Makes the collector that a feed's configuration describes. */
export async function openCollector<Way extends From["way"]>(
  from: FromWay<Way> & { readonly way: Way },
): Promise<Collector> {
  return OPEN[from.way](from);
}
