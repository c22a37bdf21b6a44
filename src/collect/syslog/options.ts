import type { Rotation } from "../shared/stream-spooler.ts";

/** A syslog receiver. */
export interface SyslogOptions extends Omit<Rotation, "messages"> {
  readonly listen: string;
  readonly port: number;
  readonly transport: "tcp" | "udp";
  /** What is kept of a message: its text (MSG), or all of it. */
  readonly keep: "text" | "all";
  /** Networks that are heard; all if absent. */
  readonly senders?: readonly string[];
  /** Told when it listens; for tests. */
  onListening?(port: number): void;
}
