import { FeedFault } from "../../app/collect-ports.ts";
import { type HttpAnswer, shown } from "./http-answer.ts";

const SAID = 200;

/** The fault of an answer that is none of those wanted; reads the answer. */
export async function statusFault(answer: HttpAnswer): Promise<FeedFault> {
  const { status, headers, url } = answer;
  const said = await saidIn(answer);
  const message = `${shown(url)} answered ${status}${said === "" ? "" : `: ${said}`}`;
  const later = status >= 500 || [408, 425, 429].includes(status);
  if (!later) return new FeedFault("feed-refused", message);
  const retryAfterSeconds = secondsOf(headers["retry-after"], headers["date"]);
  return new FeedFault("feed-unreachable", message, { retryAfterSeconds });
}

/** The beginning of the body, if it is text. */
async function saidIn(answer: HttpAnswer): Promise<string> {
  const { headers } = answer;
  if (!/^(text\/plain|application\/([a-z.]+\+)?json)/.test(headers["content-type"] ?? "")) {
    answer.drop();
    return "";
  }
  const body = await answer.text().catch(() => "");
  return body.slice(0, SAID).replace(/\s+/g, " ").trim();
}

/** Retry-After: seconds, or a date, which is measured by the server's own clock where it tells it. */
export function secondsOf(retryAfter: string | undefined, date?: string): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  const from = Date.parse(date ?? "");
  if (Number.isNaN(at) || Number.isNaN(from)) return undefined;
  return Math.max(0, Math.ceil((at - from) / 1000));
}
