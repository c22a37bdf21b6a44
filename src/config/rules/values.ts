import { z } from "zod";
import type { Wait } from "../../core/alert/index.ts";

/** How many minutes a unit has. */
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 };

/** A span: `15m`, `4h`, `3d`, or `2bd` for business days of the recipient. */
export const Span = z
  .string()
  .regex(/^[1-9]\d{0,4}(m|h|d|bd)$/, {
    error: "is no span such as 15m, 4h, 3d, or 2bd for business days",
  })
  .transform((text): Wait => {
    const [, count = "", unit = ""] = /^(\d+)(\w+)$/.exec(text)!;
    return unit === "bd"
      ? { businessDays: Number(count) }
      : { minutes: Number(count) * MINUTES[unit]! };
  });

/** An AS number, with or without `AS`. */
export const Asn = z
  .union([z.int(), z.string().regex(/^(AS)?\d+$/i)])
  .transform((value, context) => {
    const asn = Number(String(value).replace(/^AS/i, ""));
    if (asn > 0 && asn < 2 ** 32) return asn;
    context.addIssue({ code: "custom", message: "is no AS number" });
    return z.NEVER;
  });

/** A domain, which stands for everything below it. */
export const Domain = z
  .string()
  .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?$/, { error: "is no domain in A-labels" })
  .transform((text) => text.toLowerCase().replace(/\.$/, ""));

/** A list in which something stands, each thing once. */
export const some = <T extends z.ZodType>(type: T) =>
  z
    .array(type)
    .min(1, { error: "must not be empty: leave it out to match anything" })
    .refine((list) => new Set(list).size === list.length, { error: "names something twice" });
