import { z } from "zod";
import { HostPattern, Path, WebAddress } from "../values.ts";

/** How we say who we are to a web server; what is secret stands in a file of its own. */
const Auth = z.union(
  [
    z.strictObject({ user: z.string().min(1), passwordFile: Path }),
    z.strictObject({ tokenFile: Path }),
    z.strictObject({
      header: z.string().regex(/^[A-Za-z0-9-]+$/, { error: "must be the name of a header" }),
      valueFile: Path,
    }),
  ],
  { error: "must have user and passwordFile, or tokenFile, or header and valueFile" },
);
export type Auth = z.output<typeof Auth>;

/** What every way in over HTTP takes. */
export const httpKeys = {
  auth: Auth.exactOptional(),
  proxy: WebAddress.exactOptional(),
  proxyAuth: z.strictObject({ user: z.string().min(1), passwordFile: Path }).exactOptional(),
  /**
   * Hosts besides that of the address to which an answer may lead (redirects, API roots): `*` stands for a part of a name. Absent:
   * every host outside; with a proxy, which looks names up for us, none.
   */
  redirectHosts: z.array(HostPattern).exactOptional(),
  /** Certificates (PEM) that are trusted beside those of the platform. */
  caFile: Path.exactOptional(),
  /** For one whole answer. */
  timeoutSeconds: z.int().min(1).max(86_400).default(600),
  /** Of one file. */
  maxBytes: z
    .int()
    .min(1)
    .default(2 ** 30),
};

/** The settings of a way in over HTTP. */
export type HttpSettings = z.output<z.ZodObject<typeof httpKeys>>;

/** A file behind a URL. */
export const FromHttp = z.strictObject({
  way: z.literal("http"),
  /** `{yyyy}`, `{mm}`, `{dd}` and `{hh}` in it stand for the time of fetching, UTC. */
  url: WebAddress,
  /** So many days before the time of fetching: 1 for the file of yesterday. */
  daysBack: z.int().min(0).max(366).default(0),
  /** What the file is called, where the server's name would mislead a format. */
  fileName: z.string().min(1).exactOptional(),
  ...httpKeys,
});

/** The reports API of Shadowserver. */
export const FromShadowserver = z.strictObject({
  way: z.literal("shadowserver"),
  keyFile: Path,
  secretFile: Path,
  apiUrl: WebAddress.default("https://transform.shadowserver.org/api2/"),
  downloadUrl: WebAddress.default("https://dl.shadowserver.org/"),
  /** Names of the report lists; all that the key may see if absent. */
  reports: z.array(z.string().min(1)).min(1).exactOptional(),
  /** Report types such as `event4_sinkhole`; patterns with `*` are taken. */
  types: z.array(z.string().min(1)).min(1).default(["*"]),
  /** How many days back the list is asked for: reports come late. */
  days: z.int().min(1).max(365).default(7),
  ...httpKeys,
});

/** A TAXII 2.1 server. */
export const FromTaxii = z.strictObject({
  way: z.literal("taxii"),
  /** The discovery (`.../taxii2/`) or an API root. */
  url: WebAddress,
  /** Ids, aliases or titles; all that may be read if absent. */
  collections: z.array(z.string().min(1)).min(1).exactOptional(),
  /** The first run takes what was added since so many days; all if absent. */
  sinceDays: z.int().min(1).exactOptional(),
  pageSize: z.int().min(1).max(100_000).default(1000),
  ...httpKeys,
});

/** A MISP feed: a folder of events with a manifest. */
export const FromMisp = z.strictObject({
  way: z.literal("misp"),
  /** The folder of `manifest.json`. */
  url: WebAddress,
  /** Only events that changed within so many days; all if absent. */
  sinceDays: z.int().min(1).exactOptional(),
  ...httpKeys,
});

/** A bucket of Amazon S3 or of what speaks like it. */
export const FromS3 = z.strictObject({
  way: z.literal("s3"),
  endpoint: WebAddress,
  bucket: z.string().min(1),
  region: z.string().min(1).default("us-east-1"),
  prefix: z.string().default(""),
  files: z.array(z.string().min(1)).min(1).default(["**"]),
  accessKeyId: z.string().min(1),
  secretKeyFile: Path,
  sessionTokenFile: Path.exactOptional(),
  /** The bucket stands in the path; else in the host name. */
  pathStyle: z.boolean().default(true),
  after: z.enum(["keep", "delete"]).default("keep"),
  proxy: httpKeys.proxy,
  redirectHosts: httpKeys.redirectHosts,
  proxyAuth: httpKeys.proxyAuth,
  caFile: httpKeys.caFile,
  timeoutSeconds: httpKeys.timeoutSeconds,
  maxBytes: httpKeys.maxBytes,
});
