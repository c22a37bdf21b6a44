/** A human language of a report. */
export type Language = "en" | "zh";
