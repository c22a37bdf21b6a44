export { type ImapOptions, makeImapCollector } from "./collector.ts";
