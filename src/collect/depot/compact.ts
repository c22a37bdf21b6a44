/** Keeps a journal from growing without end. */
import { open, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { CollectState, JournalLine } from "../../app/collect-ports.ts";
import { syncFolder } from "./file-spool.ts";
import { readJournal } from "./journal-file.ts";

/** Below this a journal is left alone. */
const LARGE = 16 << 20;
/** The lines of so many days stay as they are: what is said of a feed's health rests on them. */
const WHOLE_DAYS = 35;
const MS_A_DAY = 86_400_000;

/** Folds the old lines of a large journal into one: the ids that are to be known, the state, the sums. */
export async function compactJournal(
  path: string,
  remembers: boolean,
  now: Date,
  large = LARGE,
): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size < large) return;
  const { lines } = await readJournal(path);
  const whole = new Date(now.getTime() - WHOLE_DAYS * MS_A_DAY).toISOString();
  await replace(path, foldLines(lines, whole, remembers));
}

/** Lines before `whole` are folded, but for what is said of files that are there still. */
export function foldLines(
  lines: readonly JournalLine[],
  whole: string,
  remembers: boolean,
): JournalLine[] {
  const removed = new Set(lines.flatMap((line) => (line.event === "removed" ? line.ids : [])));
  const folded = { ids: [] as string[], deliveries: 0, bytes: 0 };
  let state: CollectState | undefined;
  const rest: JournalLine[] = [];
  for (const line of lines) {
    if (line.event === "known") {
      folded.ids.push(...line.ids);
      folded.deliveries += line.deliveries;
      folded.bytes += line.bytes;
      state = line.state ?? state;
    } else if (line.at >= whole) rest.push(line);
    else if (line.event === "taken") {
      state = line.state ?? state;
      const gone = line.deliveries.filter(({ id }) => removed.has(id));
      const kept = line.deliveries.filter(({ id }) => !removed.has(id));
      if (remembers) folded.ids.push(...gone.map(({ id }) => id));
      folded.deliveries += gone.length;
      folded.bytes += gone.reduce((sum, { size }) => sum + size, 0);
      if (kept.length > 0) rest.push({ at: line.at, event: "taken", deliveries: kept });
    } else if (line.event === "ingested" && !removed.has(line.id)) rest.push(line);
    else if (line.event === "again") rest.push(line);
  }
  const at = whole;
  return [{ at, event: "known", ...folded, ...(state ? { state } : {}) }, ...rest];
}

async function replace(path: string, lines: readonly JournalLine[]): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, "w", 0o600);
  try {
    await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}
