import type { Auth, HttpSettings } from "../../config/index.ts";
import type { HttpAuth } from "../../collect/shared/http-auth.ts";
import type { HttpOptions } from "../../collect/shared/http-client.ts";
import { readSecret, readText } from "./secrets.ts";

/** How to ask, with the secrets out of their files. */
export async function httpOptions(settings: HttpSettings): Promise<HttpOptions> {
  const { auth, proxy, proxyAuth, redirectHosts, caFile, timeoutSeconds, maxBytes } = settings;
  return {
    timeoutSeconds,
    maxBytes,
    ...(auth ? { auth: await authOf(auth) } : {}),
    ...(proxy === undefined ? {} : { proxy }),
    ...(redirectHosts ? { redirectHosts } : {}),
    ...(proxyAuth ? { proxyAuth: await basic(proxyAuth) } : {}),
    ...(caFile === undefined ? {} : { ca: await readText(caFile) }),
  };
}

async function authOf(auth: Auth): Promise<HttpAuth> {
  if ("user" in auth) return basic(auth);
  if ("tokenFile" in auth) return { kind: "bearer", token: await readSecret(auth.tokenFile) };
  return { kind: "header", name: auth.header, value: await readSecret(auth.valueFile) };
}

async function basic({
  user,
  passwordFile,
}: {
  user: string;
  passwordFile: string;
}): Promise<HttpAuth & { kind: "basic" }> {
  return { kind: "basic", user, password: await readSecret(passwordFile) };
}
