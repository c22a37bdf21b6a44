import { readFile } from "node:fs/promises";
import { type Mark, markCodes } from "../../../core/observation/index.ts";
import { cidrSpan } from "../../shared/prefix.ts";
import { shippedData } from "../../shared/package-root.ts";
import { RangeSet } from "../ranges.ts";

/**
 * The lists that ship with the program, the strongest first: a sinkhole stays a sinkhole inside a CDN. Origins,
 * licences and why whole clouds and open resolvers are not on them: data/SOURCES.md.
 */
const LISTS = [
  { mark: "sinkhole", file: "marks/sinkholes.csv" },
  { mark: "cdn", file: "marks/cdn.csv" },
  { mark: "publicResolver", file: "marks/public-resolvers.csv" },
] as const satisfies readonly { mark: Mark; file: string }[];

/** The paths of the lists that ship with the program. */
export const warningListFiles = (): string[] => LISTS.map(({ file }) => shippedData(file));

/** One set a list, the strongest first. Lines are `cidr,name`; `#` begins a comment. */
export async function warningListRanges(): Promise<RangeSet[]> {
  return await Promise.all(
    LISTS.map(async ({ mark, file }) => {
      const ranges = new RangeSet();
      for (const line of (await readFile(shippedData(file), "utf8")).split("\n")) {
        const span = cidrSpan(line.split(",", 1)[0]!);
        if (span !== undefined) ranges.add(span.start, span.end, markCodes[mark]);
      }
      return ranges;
    }),
  );
}
