import type { CollectRun, Delivery, SpoolEntry, Taken } from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";
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
      if (!(error instanceof Fault) || !isOfOne(error)) throw error;
      refused ??= error;
    }
  }
  if (refused) throw refused;
}

/** Whether a fault says something of one delivery only. */
function isOfOne({ code }: Fault): boolean {
  return code === "feed-refused" || code === "feed-malformed" || code === "input-too-large";
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
