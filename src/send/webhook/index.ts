export { makeWebhookChannel, type WebhookOptions } from "./channel.ts";
export { keyIdOf } from "./signature.ts";
