/** A parameter as the engines can keep it: they cut a text at its first NUL or refuse it, so there a NUL is U+FFFD. */
export function storableText<Value>(value: Value): Value | string {
  return typeof value === "string" && value.includes("\0")
    ? value.replaceAll("\0", "\u{FFFD}")
    : value;
}
