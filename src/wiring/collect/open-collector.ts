import type { Collector } from "../../app/collect-ports.ts";
import type { From, FromWay } from "../../config/index.ts";
import { Secret } from "../../core/secret.ts";
import { httpOptions } from "./http-options.ts";
import { readSecret, readText } from "./secrets.ts";

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
  http: async ({ url, daysBack, fileName, ...settings }) => {
    const { makeHttpCollector } = await import("../../collect/http/index.ts");
    const http = await httpOptions(settings);
    const name = fileName === undefined ? {} : { fileName };
    return makeHttpCollector({ url, daysBack, http, ...name });
  },
  imap: async ({ passwordFile, tokenFile, caFile, authserv = [], ...from }) => {
    const { makeImapCollector } = await import("../../collect/imap/index.ts");
    return makeImapCollector({
      ...from,
      authserv,
      ...(await secrets({ password: passwordFile, token: tokenFile })),
      ...(caFile === undefined ? {} : { ca: await readText(caFile) }),
    });
  },
  kafka: async ({ caFile, sasl, ...from }) => {
    const { kafkaConsumer, makeKafkaCollector } = await import("../../collect/kafka/index.ts");
    const client = {
      ...from,
      ...(caFile === undefined ? {} : { ca: await readText(caFile) }),
      ...(sasl ? { sasl: { ...sasl, password: await readSecret(sasl.passwordFile) } } : {}),
    };
    return makeKafkaCollector({ ...from, connect: () => kafkaConsumer(client) });
  },
  misp: async (from) => {
    const { makeMispCollector } = await import("../../collect/misp/index.ts");
    return makeMispCollector({ ...from, http: await httpOptions(from) });
  },
  nats: async ({ passwordFile, tokenFile, credsFile, caFile, ...from }) => {
    const { makeNatsCollector } = await import("../../collect/nats/index.ts");
    return makeNatsCollector({
      ...from,
      ...(await secrets({ password: passwordFile, token: tokenFile })),
      ...(credsFile === undefined ? {} : { creds: new Secret(await readText(credsFile)) }),
      ...(caFile === undefined ? {} : { ca: await readText(caFile) }),
    });
  },
  push: async ({ tokenFile, certFile, certKeyFile, ...from }) => {
    const { makePushCollector } = await import("../../collect/push/index.ts");
    const token = await readSecret(tokenFile);
    if (certFile === undefined || certKeyFile === undefined)
      return makePushCollector({ ...from, token });
    const tls = { cert: await readText(certFile), key: await readText(certKeyFile) };
    return makePushCollector({ ...from, token, tls });
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
  syslog: async ({ certFile, certKeyFile, clientCaFile, ...from }) => {
    const { makeSyslogCollector } = await import("../../collect/syslog/index.ts");
    if (certFile === undefined || certKeyFile === undefined) return makeSyslogCollector(from);
    const tls = {
      cert: await readText(certFile),
      key: await readText(certKeyFile),
      ...(clientCaFile === undefined ? {} : { clientCa: await readText(clientCaFile) }),
    };
    return makeSyslogCollector({ ...from, tls });
  },
  taxii: async (from) => {
    const { makeTaxiiCollector } = await import("../../collect/taxii/index.ts");
    return makeTaxiiCollector({ ...from, http: await httpOptions(from) });
  },
};

/** The secrets that have a file, each out of its own. */
async function secrets(
  files: Readonly<Record<"password" | "token", string | undefined>>,
): Promise<Partial<Record<"password" | "token", Secret>>> {
  const { password, token } = files;
  return {
    ...(password === undefined ? {} : { password: await readSecret(password) }),
    ...(token === undefined ? {} : { token: await readSecret(token) }),
  };
}

/** Makes the collector that a feed's configuration describes. */
export async function openCollector<Way extends From["way"]>(
  from: FromWay<Way> & { readonly way: Way },
): Promise<Collector> {
  return OPEN[from.way](from);
}
