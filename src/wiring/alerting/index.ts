export { makeAlertingSecret, openAlertingSecret } from "./alerting-secret.ts";
export { type OpenChannels, openChannels } from "./open-channels.ts";
export { openMailbox, type OpenMailbox, openReplyAddresses } from "./open-mailbox.ts";
