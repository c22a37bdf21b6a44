export * from "./alert.ts";
export * from "./approval.ts";
export * from "./lifecycle-types.ts";
export * from "./calendar.ts";
export * from "./policy.ts";
export * from "./step.ts";
export type { StepOutcome } from "./outcome.ts";
export * from "./redaction.ts";
export * from "./ticket.ts";
