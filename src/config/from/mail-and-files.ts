import { z } from "zod";
import { HostName, Path } from "../values.ts";

/** A directory that somebody else puts files into. */
export const FromDirectory = z.strictObject({
  way: z.literal("directory"),
  path: Path,
  /** Patterns; one with a `/` is matched against the whole path below the directory. */
  files: z.array(z.string().min(1)).min(1).default(["*"]),
  recursive: z.boolean().default(false),
  /** A file is finished when its size and time stay the same for so long. */
  settleSeconds: z.number().min(0).max(3600).default(5),
  after: z
    .union([z.enum(["keep", "delete"]), z.strictObject({ moveTo: Path })], {
      error: "must be keep, delete, or moveTo with a directory",
    })
    .default("keep"),
});

/** A mailbox. */
export const FromImap = z
  .strictObject({
    way: z.literal("imap"),
    host: HostName,
    port: z.int().min(1).max(65_535).exactOptional(),
    security: z.enum(["tls", "starttls", "none"]).default("tls"),
    caFile: Path.exactOptional(),
    user: z.string().min(1),
    passwordFile: Path.exactOptional(),
    /** An OAuth 2 access token in place of a password. */
    tokenFile: Path.exactOptional(),
    mailbox: z.string().min(1).default("INBOX"),
    /** Addresses whose mails are taken, such as `*@shadowserver.org`; all if absent. */
    senders: z.array(z.string().min(1)).min(1).exactOptional(),
    /** Patterns of subjects. */
    subjects: z.array(z.string().min(1)).min(1).exactOptional(),
    /** Our own mail server's name in Authentication-Results: only what it says of DKIM is believed. */
    authserv: z.array(z.string().min(1)).min(1).exactOptional(),
    /** Mails of which our mail server does not say that DKIM passed are left alone. */
    requireDkim: z.boolean().default(false),
    /** Names of attachments that are taken; none if empty. */
    attachments: z
      .array(z.string().min(1))
      .default(["*.{csv,tsv,txt,log,json,jsonl,ndjson,xml,zip,gz,bz2,xz,zst,eml}"]),
    /** The mail itself is taken, for formats that are mails (ARF, X-ARF). */
    whole: z.boolean().default(false),
    /** Links whose host stands here are fetched; none otherwise. */
    links: z.array(HostName).default([]),
    after: z
      .union(
        [z.enum(["keep", "seen", "delete"]), z.strictObject({ moveToFolder: z.string().min(1) })],
        {
          error: "must be keep, seen, delete, or moveToFolder with a mailbox",
        },
      )
      .default("keep"),
    /** Of one mail, and of what a link leads to. */
    maxBytes: z
      .int()
      .min(1)
      .default(2 ** 27),
    timeoutSeconds: z.int().min(1).max(3600).default(300),
  })
  .superRefine((from, context) => {
    if ((from.passwordFile === undefined) === (from.tokenFile === undefined))
      context.addIssue({ code: "custom", message: "must have passwordFile or tokenFile" });
    if (from.requireDkim && !from.authserv)
      context.addIssue({
        code: "custom",
        path: ["authserv"],
        message: "is missing: requireDkim believes our own mail server only",
      });
  });
