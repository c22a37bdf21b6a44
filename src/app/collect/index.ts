export { collect } from "./collect.ts";
export type { CollectEvent, CollectSummary, FeedSummary } from "./collect-report.ts";
export type { CollectedFeed } from "./collected-feed.ts";
export { dueAt } from "./feed-loop.ts";
export type { Priority } from "./priority.ts";
