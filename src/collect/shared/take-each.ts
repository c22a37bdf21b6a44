import type { CollectRun, Delivery, SpoolEntry, Taken } from "../../app/collect-ports.ts";
import { type Fault, isFault } from "../../core/fault.ts";
import type { HttpClient, HttpQuestion } from "./http-client.ts";

/** Something that the remote side offers. */
export interface Offer {
  readonly id: string;
  /** Brings it into the spool. */
  take(): Promise<Delivery>;
  /** Tells the remote side that we have it. */
  done?(): Promise<void>;
}

/**
 * Takes what is offered and not known yet, one after the other. One that is refused or too large does not hold up the others:
 * the first such fault is thrown at the end.
 */
export async function* takeEach(
  offers: Iterable<Offer> | AsyncIterable<Offer>,
  run: CollectRun,
): AsyncGenerator<Taken> {
  let refused: Fault | undefined;
  for await (const offer of offers) {
    if (run.signal.aborted) return;
    try {
      if (!run.known(offer.id)) yield { deliveries: [await offer.take()] };
      await offer.done?.();
    } catch (error) {
      if (!isOfOne(error)) throw error;
      refused ??= error;
    }
  }
  if (refused) throw refused;
}

/** Whether what was thrown says something of one delivery only. */
export function isOfOne(error: unknown): error is Fault {
  const codes = ["feed-refused", "feed-malformed", "input-too-large"];
  return isFault(error) && codes.includes(error.code);
}

/** Brings the answer to a question into the spool. */
export async function fetchInto(
  { spool }: CollectRun,
  client: HttpClient,
  question: HttpQuestion,
  entry: SpoolEntry,
): Promise<Delivery> {
  const answer = await client.ask(question);
  return spool.put(entry, answer.chunks());
}
