import type { Secret } from "../../core/secret.ts";

/** An HTTP server to which others push files. */
export interface PushOptions {
  readonly listen: string;
  readonly port: number;
  /** The bearer token that a pusher must have. */
  readonly token: Secret;
  /** With it, https. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly maxBytes: number;
  /** Told when it listens; for tests. */
  onListening?(port: number): void;
}
