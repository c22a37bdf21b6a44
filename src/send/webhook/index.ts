export { makeWebhookChannel, type WebhookOptions } from "./channel.ts";
