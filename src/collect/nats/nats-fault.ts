import { FeedFault } from "../../app/collect-ports.ts";

/** What a failure of NATS means. */
export function natsFault(servers: readonly string[], cause: unknown): FeedFault {
  if (cause instanceof FeedFault) return cause;
  const error = cause as Partial<Error & { code: unknown }> | undefined;
  const said = `${error?.name ?? ""} ${error?.message ?? "the connection was closed"}`.trim();
  const refused = /authorization|permissions violation|stream not found|authenticat/i.test(said);
  const code = refused ? "feed-refused" : "feed-unreachable";
  return new FeedFault(code, `NATS at ${servers.map(withoutUser).join(", ")}: ${said}`, { cause });
}

function withoutUser(server: string): string {
  return server.replace(/\/\/[^@/]*@/, "//");
}
