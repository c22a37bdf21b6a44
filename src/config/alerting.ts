import { z } from "zod";
import { Cidr, HostName, Path, TlpLabel, WebAddress } from "./values.ts";

/** A mail address, without a name beside it. */
const MailAddress = z.email();

/** Where institutions, incidents, alerts and the audit log are kept. */
export const Cases = z.strictObject({
  /** A file with `postgres://user:password@host/database`; absent: `cases.db` in the data directory. */
  urlFile: Path.exactOptional(),
});
export type Cases = z.output<typeof Cases>;

/** The server that takes our mail. */
const Smtp = z.strictObject({
  host: HostName,
  port: z.int().min(1).max(65_535).default(587),
  /** `starttls`: not without it; `tls`: from the first byte; `none`: only to a server on this machine. */
  security: z.enum(["starttls", "tls", "none"]).default("starttls"),
  user: z.string().min(1).exactOptional(),
  passwordFile: Path.exactOptional(),
  /** PEM of a private authority. */
  caFile: Path.exactOptional(),
  connections: z.int().min(1).max(64).default(4),
  timeoutSeconds: z.int().min(1).max(600).default(60),
});

/** The mailbox that answers come to. */
const Answers = z.strictObject({
  host: HostName,
  port: z.int().min(1).max(65_535).default(993),
  tls: z.boolean().default(true),
  user: z.string().min(1),
  passwordFile: Path,
  caFile: Path.exactOptional(),
  mailbox: z.string().min(1).default("INBOX"),
  everySeconds: z.int().min(1).max(86_400).default(60),
});

/** The keys that our messages are signed with. */
const Signing = z.strictObject({
  /** Armoured OpenPGP private key. */
  openpgpKeyFile: Path.exactOptional(),
  openpgpPassphraseFile: Path.exactOptional(),
  /** PEM of an X.509 key and its certificates, for S/MIME. */
  smimeKeyFile: Path.exactOptional(),
  smimeCertificateFile: Path.exactOptional(),
  /** PEM of an Ed25519 private key, for webhooks (RFC 9421). */
  webhookKeyFile: Path.exactOptional(),
});

/** Alerting as an operator sets it up. */
export const Alerting = z.strictObject({
  /** Who we are, as a message says it: the team's name in each language that has one. */
  team: z.strictObject({
    name: z.string().min(1),
    nameZh: z.string().min(1).exactOptional(),
    /** Two letters in front of every ticket number. */
    ticketPrefix: z
      .string()
      .regex(/^[A-Z]{2}$/, { error: "is no two capital letters" })
      .default("TC"),
    from: MailAddress,
    /** Answers go to `local+<alert>.<hmac>@domain` of this address. */
    replyTo: MailAddress,
    phone: z.string().default(""),
    website: WebAddress.exactOptional(),
  }),
  /** At least 32 bytes, from which reply addresses and pseudonyms are made. Made by `tocsin init` if absent. */
  secretFile: Path.default("alerting.secret"),
  /** Our own networks: never alerted as if they were somebody else's. */
  ownNetworks: z.array(Cidr).default([]),
  /** Mail to a domain that is not listed does not leave; absent: all may. For trials, where nothing may reach a real institution. */
  onlyDomains: z.array(HostName).exactOptional(),
  smtp: Smtp.exactOptional(),
  answers: Answers.exactOptional(),
  signing: Signing.prefault({}),
  /** A folder for `file` contacts; a contact's own path counts from here and cannot leave it. */
  dropFolder: Path.exactOptional(),
  /** From this marking on a message needs a second person's yes. */
  fourEyesFrom: TlpLabel.default("amber"),
});
export type Alerting = z.output<typeof Alerting>;
