import type { OutboundMessage, StopSignal } from "../../case-ports.ts";
import type { OutboxParts } from "./parts.ts";
import { Settler } from "./settler.ts";
import { takeMessages } from "./take.ts";

/**
 * Sends what is due until the signal comes, several at once; then takes up nothing more, and returns when what is under way has its
 * outcome. One slow server holds up nobody else while a connection is free. If something breaks it ends in the same way, and throws.
 */
export async function runOutbox(parts: OutboxParts, signal: StopSignal): Promise<void> {
  await work(parts, signal, async () => {
    await parts.pause(signal);
    return true;
  });
}

/** Sends what is due now, and what falls due meanwhile; returns how many messages were tried. */
export async function sendDue(parts: OutboxParts, signal: StopSignal): Promise<number> {
  return work(parts, signal, async (lanes) => lanes.busy > 0 && lanes.oneIsFree());
}

/** `rest` is asked what to do when nothing is due: whether to go on, when it is time. */
async function work(
  parts: OutboxParts,
  signal: StopSignal,
  rest: (lanes: Lanes) => Promise<boolean>,
): Promise<number> {
  const lanes = new Lanes(parts, signal);
  let resting: Promise<boolean> | undefined;
  while (!signal.aborted && !lanes.broken) {
    const taken = lanes.free > 0 ? await takeMessages(parts, lanes.free) : [];
    for (const message of taken) lanes.send(message);
    if (lanes.free === 0) await lanes.oneIsFree();
    else if (taken.length === 0) {
      resting ??= rest(lanes).finally(() => (resting = undefined));
      const goOn = await Promise.race([resting, lanes.oneIsFree()]);
      if (!goOn) break;
    }
  }
  return lanes.end();
}

/** The deliveries that are under way. */
class Lanes {
  readonly #parts: OutboxParts;
  readonly #signal: StopSignal;
  readonly #settler: Settler;
  readonly #underWay = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;
  #tried = 0;

  constructor(parts: OutboxParts, signal: StopSignal) {
    this.#parts = parts;
    this.#signal = signal;
    this.#settler = new Settler(parts);
  }

  get busy(): number {
    return this.#underWay.size;
  }

  get free(): number {
    return this.#parts.connections - this.busy;
  }

  get broken(): boolean {
    return this.#failure !== undefined;
  }

  send(message: OutboundMessage): void {
    this.#tried++;
    const delivery = this.#deliver(message)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
  }

  /** Settles with the next delivery that ends; never if none is under way. */
  async oneIsFree(): Promise<boolean> {
    await Promise.race(this.#underWay);
    return true;
  }

  /** Waits for all, and throws what went wrong. */
  async end(): Promise<number> {
    await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.error;
    return this.#tried;
  }

  async #deliver(message: OutboundMessage): Promise<void> {
    const { channels, onOutcome } = this.#parts;
    const channel = channels.get(message.channel);
    const delivery =
      channel === undefined
        ? { outcome: "deferred" as const, reason: `no channel "${message.channel}" is set up` }
        : await channel.deliver(message, this.#signal);
    await this.#settler.settle({ message, delivery, stopping: this.#signal.aborted });
    onOutcome?.(message, delivery.outcome);
  }
}
