/** How far a collection was read. */
export interface Bookmark {
  /** The timestamp that `added_after` is asked with, as the server wrote it; absent: from the beginning. */
  readonly addedAfter?: string;
  /** Within pages: the server's token for the next one, which belongs to `addedAfter`. */
  readonly next?: string;
  /** Within pages: the last object so far. */
  readonly last?: string;
}

/** What a server said with a page. */
export interface PageWord {
  readonly more: boolean;
  readonly next: string | undefined;
  /** X-TAXII-Date-Added-Last, if it is a time. */
  readonly last: string | undefined;
}

/**
 * Where to go on after a page. Servers that say `more` without `next` are asked from the last object on; one that names no time
 * is asked for the same again next time, which loses nothing.
 */
export function turnPage(before: Bookmark, { more, next, last = before.last }: PageWord): Bookmark {
  if (more && next !== undefined)
    return { ...before, next, ...(last === undefined ? {} : { last }) };
  if (last === undefined) return before.addedAfter === undefined ? {} : before;
  return { addedAfter: more ? last : justBefore(last) };
}

/**
 * The time a microsecond earlier. Objects that get the last object's time after we read it would be lost otherwise; the ones we
 * have are known again.
 */
export function justBefore(time: string): string {
  const [, second = "", fraction = ""] = /^(.*?:\d\d)(?:\.(\d+))?Z$/.exec(time) ?? [];
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0")) - 1;
  if (second === "") return time;
  if (micros >= 0) return `${second}.${String(micros).padStart(6, "0")}Z`;
  const earlier = new Date(Date.parse(`${second}Z`) - 1).toISOString();
  return earlier.replace("Z", "999Z");
}

/** A time in the form of TAXII; a server's "undefined" is none. */
export function timeIn(header: string | undefined): string | undefined {
  return header !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(header)
    ? header
    : undefined;
}
