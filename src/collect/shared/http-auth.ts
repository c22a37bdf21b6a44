import type { Secret } from "../../core/secret.ts";

/** How we say who we are. */
export type HttpAuth =
  | { readonly kind: "basic"; readonly user: string; readonly password: Secret }
  | { readonly kind: "bearer"; readonly token: Secret }
  | { readonly kind: "header"; readonly name: string; readonly value: Secret };

/** The headers of it. */
export function authHeaders(auth: HttpAuth | undefined): Record<string, string> {
  switch (auth?.kind) {
    case undefined:
      return {};
    case "basic": {
      const pair = Buffer.from(`${auth.user}:${auth.password.reveal()}`);
      return { authorization: `Basic ${pair.toString("base64")}` };
    }
    case "bearer":
      return { authorization: `Bearer ${auth.token.reveal()}` };
    case "header":
      return { [auth.name.toLowerCase()]: auth.value.reveal() };
  }
}
