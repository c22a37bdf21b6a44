import { z } from "zod";
import { Cidr, HostName, Path } from "../values.ts";

/** When the file that a stream is written to is closed and ingested. */
const rotation = {
  rotateSeconds: z.number().min(0.05).max(86_400).default(60),
  rotateBytes: z
    .int()
    .min(1)
    .default(2 ** 26),
};

const Port = z.int().min(1).max(65_535);
/** Listens to this machine only, unless told otherwise. */
const Listen = HostName.default("127.0.0.1");

/** An HTTP server to which others push files. */
export const FromPush = z.strictObject({
  way: z.literal("push"),
  listen: Listen,
  port: Port,
  /** The bearer token that a pusher must have. */
  tokenFile: Path,
  /** With both, https. */
  certFile: Path.exactOptional(),
  certKeyFile: Path.exactOptional(),
  maxBytes: z
    .int()
    .min(1)
    .default(2 ** 28),
});

/** A syslog receiver. */
export const FromSyslog = z
  .strictObject({
    way: z.literal("syslog"),
    listen: Listen,
    port: Port,
    transport: z.enum(["tcp", "udp", "tls"]).default("tcp"),
    /** Our certificate and its key (PEM), for `tls`. */
    certFile: Path.exactOptional(),
    certKeyFile: Path.exactOptional(),
    /** With it only senders that have a certificate of this authority are heard. */
    clientCaFile: Path.exactOptional(),
    /** What is kept of a message: its text (MSG), or all of it. */
    keep: z.enum(["text", "all"]).default("text"),
    /** Networks that are heard; all if absent. */
    senders: z.array(Cidr).min(1).exactOptional(),
    ...rotation,
  })
  .superRefine(({ transport, certFile, certKeyFile }, context) => {
    if (transport === "tls" && (certFile === undefined || certKeyFile === undefined))
      context.addIssue({ code: "custom", message: "must have certFile and certKeyFile for tls" });
  });

/** A consumer of a NATS JetStream stream. */
export const FromNats = z.strictObject({
  way: z.literal("nats"),
  servers: z.array(z.string().min(1)).min(1),
  stream: z.string().min(1),
  /** The durable consumer: its place in the stream is kept by the server. */
  consumer: z.string().regex(/^[A-Za-z0-9_-]+$/, { error: "must be letters, digits, - and _" }),
  subjects: z.array(z.string().min(1)).min(1).exactOptional(),
  user: z.string().min(1).exactOptional(),
  passwordFile: Path.exactOptional(),
  tokenFile: Path.exactOptional(),
  /** A `.creds` file of NATS. */
  credsFile: Path.exactOptional(),
  caFile: Path.exactOptional(),
  /** `lines`: a message is a line, or some, of one file; `files`: each is a file of its own. */
  messages: z.enum(["lines", "files"]).default("lines"),
  ...rotation,
});

/** A consumer group of Kafka topics. */
export const FromKafka = z.strictObject({
  way: z.literal("kafka"),
  brokers: z.array(z.string().min(1)).min(1),
  topics: z.array(z.string().min(1)).min(1),
  group: z.string().min(1),
  tls: z.boolean().default(true),
  caFile: Path.exactOptional(),
  sasl: z
    .strictObject({
      mechanism: z.enum(["plain", "scram-sha-256", "scram-sha-512"]),
      user: z.string().min(1),
      passwordFile: Path,
    })
    .exactOptional(),
  messages: z.enum(["lines", "files"]).default("lines"),
  ...rotation,
});
