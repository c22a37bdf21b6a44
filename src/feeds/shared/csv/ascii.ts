/** Bytes with a meaning in CSV. */
export const LF = 10;
export const CR = 13;
export const COMMA = 44;
