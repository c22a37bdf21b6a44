import type { ExchangeFormat } from "../app/ports.ts";
import { csv } from "./csv/index.ts";
import { intelmq } from "./intelmq/index.ts";
import { jsonl } from "./jsonl/index.ts";
import { misp } from "./misp/index.ts";
import { n6 } from "./n6/index.ts";
import { stix } from "./stix/index.ts";

/** The standards in which observations leave. */
export const exchangeFormats: readonly ExchangeFormat[] = [csv, jsonl, intelmq, n6, stix, misp];
