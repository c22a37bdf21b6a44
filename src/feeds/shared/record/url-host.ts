/**
 * The host in a URL or in what comes near one (`example.com/path`, `//example.com`), as it stands there, without user and
 * port; `""` if there is none. IPv6 addresses come without brackets.
 */
export function hostOfUrl(url: string): string {
  const found = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#\\]*@)?(\[[0-9a-f:.]+\]|[^/?#\\:\s]+)/i.exec(
    url,
  );
  if (found) return found[1]!.replaceAll(/[[\]]/g, "");
  // Without a scheme only what looks like a host is one: a path or a mere word is none.
  return /^((?:[a-z0-9_-]+\.)+[a-z0-9-]{2,})(?::\d+)?(?:[/?#]|$)/i.exec(url)?.[1] ?? "";
}
