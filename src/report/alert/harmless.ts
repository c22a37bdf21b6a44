/*
 * Names, hosts and URLs in a message were chosen by attackers, or by whoever runs a feed. In the text, which we sign, they are cut to a
 * length and an alphabet that can neither break a line nor speak for us; an attachment has them as they are.
 */

const LONGEST = { name: 40, institution: 80, host: 120, url: 120 } as const;

/** The name of a malware family, in at most 40 characters of one line. */
export function harmlessName(name: string): string {
  return cut(oneLine(name).replace(/[^\p{L}\p{M}\p{N} ._+/()#-]/gu, "?"), LONGEST.name);
}

/** The name of an institution, in at most 80 characters of one line. */
export function harmlessInstitution(name: string): string {
  return cut(oneLine(name), LONGEST.institution);
}

/** An address or a host that no mail program makes a link of: `bad[.]example`, `192.0.2[.]7`, `2001[:]db8::7`. */
export function defangedHost(host: string): string {
  const plain = cut(host.replace(/[^A-Za-z0-9.:_-]/g, "?"), LONGEST.host);
  return plain.includes(".") ? plain.replace(/\.(?=[^.]*$)/, "[.]") : plain.replace(/:/, "[:]");
}

/** A URL that no mail program makes a link of: `hxxp://bad[.]example/a.php`. */
export function defangedUrl(url: string): string {
  const plain = cut(encoded(url), LONGEST.url);
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(plain);
  if (parts === null) return plain.replaceAll(".", "[.]").replaceAll("://", "[:]//");
  const [, scheme = "", host = "", rest = ""] = parts;
  return `${scheme.replace(/^http/i, "hxxp").replace(/^ftp/i, "fxp")}://${host.replaceAll(".", "[.]")}${rest}`;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .replaceAll("://", ": ")
    .trim();
}

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** All that is no printable ASCII, and blanks, as percent signs and hex. */
function encoded(url: string): string {
  return url.replace(/\p{Cs}/gu, "?").replace(/[^\x21-\x7e]+/gu, (odd) => encodeURIComponent(odd));
}
