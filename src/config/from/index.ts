import { z } from "zod";
import { FromHttp, FromMisp, FromS3, FromShadowserver, FromTaxii } from "./http.ts";
import { FromDirectory, FromImap } from "./mail-and-files.ts";
import { FromKafka, FromNats, FromPush, FromSyslog } from "./streams.ts";

const WAYS = [
  FromDirectory,
  FromHttp,
  FromImap,
  FromKafka,
  FromMisp,
  FromNats,
  FromPush,
  FromS3,
  FromShadowserver,
  FromSyslog,
  FromTaxii,
] as const;

/** Where a feed comes from. */
export const From = z.discriminatedUnion("way", WAYS, {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `must name a way in: ${WAYS.map((way) => way.shape.way.value).join(", ")}`
      : undefined,
});
export type From = z.output<typeof From>;

/** The settings of one way in. */
export type FromWay<Way extends From["way"]> = Extract<From, { way: Way }>;

export type { Auth, HttpSettings } from "./http.ts";
