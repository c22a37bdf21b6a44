/** The answer to ListObjectsV2, read without an XML library: its form is fixed and its keys come percent-encoded. */

/** An object of a bucket. */
export interface S3Object {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
}

/** A page of the list; `undefined` if the text is no such list. */
export function readListing(
  xml: string,
): { objects: S3Object[]; next: string | undefined } | undefined {
  if (!/<ListBucketResult[\s>]/.test(xml)) return undefined;
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, contents = ""]) => ({
    key: keyOf(textOf(contents, "Key")),
    etag: textOf(contents, "ETag").replaceAll('"', ""),
    size: Number(textOf(contents, "Size")) || 0,
  }));
  const truncated = textOf(xml, "IsTruncated") === "true";
  return { objects, next: truncated ? textOf(xml, "NextContinuationToken") : undefined };
}

function keyOf(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function textOf(xml: string, tag: string): string {
  const found = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? "";
  return found.replace(/&(lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+);/gi, (_all, name: string) => {
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (name.startsWith("#")) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : "";
    return { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }[name.toLowerCase()] ?? "";
  });
}
