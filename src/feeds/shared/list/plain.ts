import type { Kind } from "../../../core/taxonomy/index.ts";
import type { Tlp } from "../../../core/marking/index.ts";
import type { Members } from "../record/index.ts";
import type { ListType } from "./list-type.ts";
import { readMoment } from "./moment.ts";
import type { Facts, RecordMapping } from "./record-mapping.ts";

const octets = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?`;

/** What the first cell of a list holds. */
export const looksOf = {
  address: new RegExp(
    String.raw`^(?:${octets}|[\da-f]*:[\da-f:.]*:[\da-f:.]*(?:\/\d{1,3})?)(?::\d{1,5})?$`,
    "i",
  ),
  url: /^(?:h(?:tt|xx)ps?|ftp):\/\/\S/i,
  host: /^(?:\*\.)?(?:[\w-]+(?:\.|\[\.\]))+[a-z][\w-]+\.?$/i,
} as const;

/** A list of bad addresses, URLs or names, one a line. */
export interface PlainList {
  readonly name: string;
  readonly of: keyof typeof looksOf;
  readonly kind: Kind;
  /** What the name of the file, or its comments, must say. */
  readonly says?: RegExp;
  readonly always?: RecordMapping["always"];
  readonly comments?: readonly string[];
  readonly tlp?: Tlp;
}

/**
 * A list without times: what stands behind the first cell of a line, or behind a `#`, is kept. All rows are of the moment
 * of the list. Who is listed did it: an origin without a victim.
 */
export function plainList(format: string, list: PlainList): ListType {
  const { name, of, kind, says, always, comments = ["#", ";", "//", "!"], tlp = "clear" } = list;
  return {
    name,
    ...(says ? { says } : {}),
    text: {
      delimiter: /\s*[,;\t|]\s*|\s+#\s*|\s+/,
      columns: ["indicator", "remark"],
      looks: { indicator: looksOf[of] },
      comments,
      ragged: true,
    },
    mapping: {
      version: `${format}.${name}.1`,
      fields: { indicator: "indicator", time: "seen" },
      only: of,
      kind,
      subject: "origin",
      ...(always ? { always } : {}),
      tlp,
      undated: true,
    },
    rework: timeBehind,
  };
}

/** A second column that begins with a date is when the host was seen. */
function timeBehind(row: Members): readonly Facts[] | undefined {
  const remark = row.text("remark");
  if (!/^\d{4}-\d{2}-\d{2}/.test(remark) || Number.isNaN(readMoment(remark))) return undefined;
  return [{ seen: remark, remark: undefined }];
}
