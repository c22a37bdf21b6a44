import type { ExchangeFormat, ObservationFilter, ObservationStore } from "./ports.ts";

/** What an export needs. */
export interface ExportTools {
  readonly store: ObservationStore;
  readonly format: ExchangeFormat;
  /** Takes the next text of the file; answers when there is room for more. */
  readonly write: (text: string) => Promise<void>;
}

/** What became of the observations that were asked for. */
export interface ExportSummary {
  readonly written: number;
  /** Marked above the highest TLP that may leave. */
  readonly withheld: number;
  /** The standard has no way to say them. */
  readonly unsaid: number;
}

/** Writes what a filter lets through in the words of a standard, a page at a time. */
export async function exportObservations(
  { store, format, write }: ExportTools,
  filter: ObservationFilter,
): Promise<ExportSummary> {
  const { withheld, pages } = await store.select(filter);
  const writer = format.open();
  let written = 0;
  let unsaid = 0;
  const begin = writer.begin();
  if (begin !== "") await write(begin);
  for await (const page of pages) {
    const said = writer.write(page);
    written += said.written;
    unsaid += page.length - said.written;
    if (said.text !== "") await write(said.text);
  }
  const end = writer.end();
  if (end !== "") await write(end);
  return { written, withheld, unsaid };
}
