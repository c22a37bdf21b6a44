/** Whether a text has no blanks around it, which many programs take away. */
export function isPlain(text: string): boolean {
  return text === text.trim();
}
