export * from "./incident.ts";
export * from "./incident-key.ts";
