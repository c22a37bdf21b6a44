import { z } from "zod";
import type { Findings } from "../examine.ts";
import type { LocationImport, LocationInfo } from "../workbench.ts";
import { Count } from "./shared.ts";

/** `tocsin doctor --json` */
export const DoctorAnswer = z.strictObject({
  dataDir: z.string(),
  problems: z.array(
    z.strictObject({
      code: z.string(),
      says: z.string(),
      mend: z.string().describe("the command or action that mends it"),
    }),
  ),
  store: z.strictObject({ observations: Count, bytes: Count, batches: Count }).nullable(),
}) satisfies z.ZodType<Findings>;

/** `tocsin location show --json` */
export const LocationShowAnswer = z.strictObject({
  name: z.string(),
  date: z.string(),
  ageDays: z.int(),
  starter: z.boolean(),
  ranges: Count,
}) satisfies z.ZodType<LocationInfo>;

/** `tocsin location import --json` */
export const LocationImportAnswer = z.strictObject({
  imports: z.array(
    z.strictObject({
      name: z.string(),
      date: z.string(),
      taken: Count,
      refused: Count,
      samples: z.array(z.string()),
    }) satisfies z.ZodType<LocationImport>,
  ),
});

/** `tocsin feeds formats --json` */
export const FeedFormatsAnswer = z.strictObject({
  formats: z.array(z.strictObject({ name: z.string(), title: z.string() })),
});

/** On standard error, when a command with `--json` fails. */
export const FailureAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string().describe("a code of docs/faults.md, or bug"),
    message: z.string(),
  }),
});
