export { makeReplyAddresses, type ReplyAddresses } from "./reply-address.ts";
export { makeSmtpChannel, type SmtpOptions } from "./smtp-channel.ts";
