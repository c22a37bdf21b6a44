export { collect, type CollectJob } from "./collect.ts";
export type { CollectEvent, CollectSummary, FeedSummary } from "./collect-report.ts";
export type { CollectedFeed, CollectTools } from "./collected-feed.ts";
export { dueAt } from "./feed-loop.ts";
export { priorities, type Priority } from "./priority.ts";
