/** Why a row is refused; the words are shown to operators and stored with the row. */
export const refusalReasons = [
  "address-invalid",
  "address-missing",
  "columns-missing",
  "columns-extra",
  "encoding-invalid",
  "field-invalid",
  "line-too-long",
  "nul-byte",
  "quote-misplaced",
  "syntax-invalid",
  "text-collision",
  "time-impossible",
  "time-invalid",
] as const;

/** One of {@link refusalReasons}. */
export type RefusalReason = (typeof refusalReasons)[number];
