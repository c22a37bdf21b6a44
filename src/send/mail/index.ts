export { type InboxOptions, openInbox } from "./inbox.ts";
export { makeMailReader } from "./read-mail.ts";
export { makeReplyAddresses, type ReplyAddresses } from "./reply-address.ts";
export { makeSmtpChannel, type SmtpOptions } from "./smtp-channel.ts";
