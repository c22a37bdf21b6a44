/** Whether a name fits a pattern: `*` and `?` stop at a `/`, `**` does not, `{a,b}` is either. Small and capital letters are one. */
export function fits(name: string, pattern: string): boolean {
  return new RegExp(`^${sourceOf(pattern)}$`, "iu").test(name);
}

/** Whether a name fits one of the patterns. */
export function fitsOne(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => fits(name, pattern));
}

function sourceOf(pattern: string): string {
  const parts = pattern.match(/\*\*\/?|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g) ?? [];
  return parts
    .map((part) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      if (part === "?") return "[^/]";
      if (part.length > 1 && part.startsWith("{"))
        return `(?:${part.slice(1, -1).split(",").map(sourceOf).join("|")})`;
      return part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
    })
    .join("");
}
