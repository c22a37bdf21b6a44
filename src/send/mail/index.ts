export { makeReplyAddresses, type ReplyAddresses } from "./reply-address.ts";
