import type { Rotation } from "../shared/stream-spooler.ts";

/** A syslog receiver. */
export interface SyslogOptions extends Omit<Rotation, "messages"> {
  readonly listen: string;
  readonly port: number;
  readonly transport: "tcp" | "udp" | "tls";
  /** Of a receiver over TLS (RFC 5425), PEM. With `clientCa` only senders with a certificate of that authority are heard. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa?: string };
  /** What is kept of a message: its text (MSG), or all of it. */
  readonly keep: "text" | "all";
  /** Networks that are heard; all if absent. */
  readonly senders?: readonly string[];
  /** Told when it listens; for tests. */
  onListening?(port: number): void;
}
