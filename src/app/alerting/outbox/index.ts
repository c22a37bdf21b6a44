export { HOLD, isHeld } from "./may-leave.ts";
export type { OutboxParts } from "./parts.ts";
export { runOutbox, sendDue } from "./run.ts";
export { recoverOutbox } from "./settle.ts";
