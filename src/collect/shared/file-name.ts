/** What a file behind a URL is called: as Content-Disposition says (RFC 6266), else as the path ends. */
export function fileNameOf(disposition: string | undefined, url: URL): string {
  const said = /filename\*=(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition ?? "")?.[1];
  if (said !== undefined) return decoded(said);
  const plain = /filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? "");
  const name = plain?.[1]?.replaceAll(/\\(.)/g, "$1") ?? plain?.[2];
  return name ?? (decoded(url.pathname.split("/").at(-1) ?? "") || url.hostname);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
