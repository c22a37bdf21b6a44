import type { Mailbox, MailReader } from "../../app/case-ports.ts";
import type { Alerting } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import {
  makeMailReader,
  makeReplyAddresses,
  openInbox,
  type ReplyAddresses,
} from "../../send/mail/index.ts";
import { readSecret, readText } from "../collect/secrets.ts";
import { openAlertingSecret } from "./alerting-secret.ts";
import { openOurKey } from "./our-key.ts";

/** Of a longer mail only so much is read and kept. */
const MOST_MAIL_BYTES = 10 * 1024 * 1024;
const TIMEOUT_SECONDS = 60;
/** RFC 5321, section 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;

/** The mailbox for answers, and who reads what comes in. */
export interface OpenMailbox {
  /** Absent: none is set up. */
  readonly mailbox?: Mailbox;
  readonly reader: MailReader;
}

/** Opens it, with its secrets out of their files. Nothing is connected before the first fetch. Throws Fault `config-invalid`. */
export async function openMailbox(alerting: Alerting): Promise<OpenMailbox> {
  const key = await openOurKey(alerting.signing);
  const reader = makeMailReader(await openReplyAddresses(alerting), key);
  if (alerting.answers === undefined) return { reader };
  const { host, port, tls, user, passwordFile, caFile, mailbox } = alerting.answers;
  const inbox = openInbox({
    host,
    port,
    tls,
    user,
    password: await readSecret(passwordFile),
    mailbox,
    maxBytes: MOST_MAIL_BYTES,
    timeoutSeconds: TIMEOUT_SECONDS,
    ...(caFile === undefined ? {} : { ca: await readText(caFile) }),
  });
  return { mailbox: inbox, reader };
}

/** The addresses that answers go to. Throws Fault `config-invalid` if `team.replyTo` leaves no room for an alert. */
export async function openReplyAddresses({ team, secretFile }: Alerting): Promise<ReplyAddresses> {
  const addresses = makeReplyAddresses(team.replyTo, await openAlertingSecret(secretFile));
  const example = addresses.addressOf("A-20130531-000001");
  if (example.lastIndexOf("@") <= LONGEST_LOCAL_PART) return addresses;
  throw new Fault(
    "config-invalid",
    `alerting.team.replyTo: ${team.replyTo} is too long to have an alert's number put into it`,
  );
}
