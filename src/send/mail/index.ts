export { type InboxOptions, openInbox } from "./inbox.ts";
export { makeMailReader } from "./read-mail.ts";
export { makeReplyAddresses, type ReplyAddresses } from "./reply-address.ts";
export { makeMailEnvelope } from "./compose.ts";
export { makeSigningKey, openSigningKey, type SigningKey } from "./compose-keys.ts";
export { makeSmime, openSmimeSigner } from "./compose-smime.ts";
export { makeOpenPgp } from "./compose-openpgp.ts";
export { makeSmtpChannel, type SmtpOptions } from "./smtp-channel.ts";
