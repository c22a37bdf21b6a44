import { createPrivateKey, type KeyObject } from "node:crypto";
import type { MessageChannel } from "../../app/case-ports.ts";
import type { Alerting } from "../../config/index.ts";
import type { Channel } from "../../core/institution/index.ts";
import { Fault } from "../../core/fault.ts";
import { makeFileChannel } from "../../send/file/index.ts";
import { makeSmtpChannel } from "../../send/mail/index.ts";
import { makeWebhookChannel } from "../../send/webhook/index.ts";
import { readSecret, readText } from "../collect/secrets.ts";

/** The ways out that the configuration sets up. Nothing is connected before the first message. */
export type OpenChannels = ReadonlyMap<Channel, MessageChannel>;

const WEBHOOK_SECONDS = 60;

/** Opens them, with their secrets out of their files. Throws Fault `config-invalid`. */
export async function openChannels(alerting: Alerting): Promise<OpenChannels> {
  const { smtp, dropFolder } = alerting;
  const all = [
    ...(smtp === undefined ? [] : [await openMail(alerting, smtp)]),
    await openWebhook(alerting),
    ...(dropFolder === undefined ? [] : [makeFileChannel(dropFolder)]),
  ];
  return new Map(all.map((channel) => [channel.channel, channel]));
}

async function openMail(
  { team, onlyDomains }: Alerting,
  { passwordFile, caFile, ...server }: NonNullable<Alerting["smtp"]>,
): Promise<MessageChannel> {
  return makeSmtpChannel({
    ...server,
    from: team.from,
    ...(passwordFile === undefined ? {} : { password: await readSecret(passwordFile) }),
    ...(caFile === undefined ? {} : { ca: await readText(caFile) }),
    ...(onlyDomains === undefined ? {} : { onlyDomains }),
  });
}

async function openWebhook({ signing, onlyDomains }: Alerting): Promise<MessageChannel> {
  const { webhookKeyFile } = signing;
  return makeWebhookChannel({
    timeoutSeconds: WEBHOOK_SECONDS,
    now: Date.now,
    ...(webhookKeyFile === undefined ? {} : { key: await ed25519In(webhookKeyFile) }),
    ...(onlyDomains === undefined ? {} : { onlyHosts: onlyDomains }),
  });
}

async function ed25519In(path: string): Promise<KeyObject> {
  const text = (await readSecret(path)).reveal();
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // It is told below, without a word of what is in the file.
  }
  throw new Fault("config-invalid", `${path} has no Ed25519 private key in PEM`);
}
