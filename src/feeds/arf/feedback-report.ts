import type { Tlp } from "../../core/marking/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";
import {
  firstMoment,
  type Found,
  type Place,
  placeOfUrl,
  readPlace,
  wholeNumber,
} from "../shared/document/index.ts";
import { type Headers, headerOf } from "./mime/index.ts";

/** What the types of feedback say (RFC 5965, section 7.3, and RFC 6650). `not-spam` says that nothing was wrong. */
const kinds: Readonly<Record<string, Kind>> = {
  abuse: "spam",
  "opt-out": "spam",
  miscategorized: "spam",
  fraud: "phishing",
  virus: "malware-distribution",
  "auth-failure": "masquerade",
};

const taken = new Set(
  "feedback-type version source-ip source-port arrival-date received-date incidents reported-uri".split(
    " ",
  ),
);

/** The type of feedback, in small letters; `""` if the fields are no feedback report. */
export function feedbackType(fields: Headers): string {
  return headerOf(fields, "feedback-type").toLowerCase();
}

/**
 * Reads a feedback report: the host that sent the mail complained of is the origin. Feedback that nothing was wrong is no report.
 * `dates`: those of the mails, where the report has none.
 */
export function readFeedback(
  fields: Headers,
  dates: readonly string[],
  tlp: Tlp,
): Found | "no-report" {
  const type = feedbackType(fields);
  if (type === "not-spam") return "no-report";
  const url = headerOf(fields, "reported-uri");
  return {
    kind: Object.hasOwn(kinds, type) ? kinds[type]! : "undetermined",
    seenAt: firstMoment(
      headerOf(fields, "arrival-date"),
      headerOf(fields, "received-date"),
      ...dates,
    ),
    origin: originOf(fields, url),
    ...(/^https?:/i.test(url) ? { url } : {}),
    count: wholeNumber(headerOf(fields, "incidents"), 1, 0xffffffff),
    tlp,
    extra: othersIn(fields),
  };
}

/** The address of the sender; without one, the host of the URL or the domain that the mail speaks for. */
function originOf(fields: Headers, url: string): Place | undefined {
  const port = wholeNumber(headerOf(fields, "source-port"), 1, 65_535);
  const address = headerOf(fields, "source-ip");
  const named =
    (url === "" ? undefined : placeOfUrl(url)) ?? readPlace(headerOf(fields, "reported-domain"));
  if (address === "") return named;
  return { address, ...(port === undefined ? {} : { port }) };
}

/** The fields that no other takes, under the names of the standard. */
function othersIn(fields: Headers): Record<string, string> {
  const others = [...fields].filter(([name]) => !taken.has(name));
  return Object.fromEntries([
    ["Feedback-Type", headerOf(fields, "feedback-type")],
    ...others.map(([name, values]) => [capitalised(name), values.join(", ").slice(0, 4096)]),
  ]) as Record<string, string>;
}

function capitalised(name: string): string {
  return name
    .replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/\b(Ip|Mta|Uri)\b/g, (word) => word.toUpperCase());
}
