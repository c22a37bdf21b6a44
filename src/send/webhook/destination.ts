const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where a webhook goes, or why it does not: https, or http on this machine; to a listed host if hosts are listed. */
export function destinationOf(
  address: string,
  onlyHosts: readonly string[] | undefined,
): URL | string {
  if (!URL.canParse(address)) return `${JSON.stringify(address)} is no web address`;
  const url = new URL(address);
  const { protocol, hostname, username, password } = url;
  const onThisMachine = LOOPBACK.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && onThisMachine))
    return `${url.origin}: a webhook goes to https only`;
  if (username !== "" || password !== "") return `${url.origin}: no credentials in the address`;
  if (onlyHosts !== undefined && !onlyHosts.some((only) => only.toLowerCase() === hostname))
    return `what goes to ${hostname} does not leave: alerting.onlyDomains does not list it`;
  url.hash = "";
  return url;
}
