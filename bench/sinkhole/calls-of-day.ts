import type { Random } from "../shared/random.ts";
import type { Call, World } from "./world.ts";

const SECONDS_A_DAY = 86_400;
/** One row in so many is late, by up to ten minutes. */
const LATE = 30;
const LATE_SECONDS = 600;
/** One row in so many is delivered again, within two hours. */
const AGAIN = 67;
const AGAIN_SECONDS = 7200;
/** A place in the order of delivery: the second above, the number of the call below. */
const NUMBERS = 2 ** 24;

/** The calls of one day as columns, in the order in which the report delivers them. */
export class CallsOfDay {
  readonly #seconds: Uint32Array;
  readonly #bots: Uint32Array;
  readonly #origins: Uint16Array;
  readonly #ports: Uint16Array;
  readonly #order: Float64Array;
  #count = 0;

  /** Room for so many calls; fewer than {@link NUMBERS}. */
  constructor(calls: number) {
    this.#seconds = new Uint32Array(calls);
    this.#bots = new Uint32Array(calls);
    this.#origins = new Uint16Array(calls);
    this.#ports = new Uint16Array(calls);
    this.#order = new Float64Array(calls);
  }

  /** Draws as many calls as there is room for: of a bot, one to five with each of its origins. */
  drawn(world: World, next: Random): this {
    while (!this.#full) {
      const bot = next.below(world.bots.length);
      for (const origin of world.bots[bot]!.origins)
        for (let times = 1 + next.below(5); times > 0 && !this.#full; times--)
          this.#drawOne(bot, origin, next);
    }
    this.#order.sort();
    return this;
  }

  /** The calls in the order of delivery; the object is used again for each. */
  *delivered(): Iterable<Call> {
    const call: Call = { second: 0, bot: 0, origin: 0, port: 0 };
    for (const place of this.#order) {
      const at = place % NUMBERS;
      call.second = this.#seconds[at]!;
      call.bot = this.#bots[at]!;
      call.origin = this.#origins[at]!;
      call.port = this.#ports[at]!;
      yield call;
    }
  }

  get #full(): boolean {
    return this.#count === this.#order.length;
  }

  #drawOne(bot: number, origin: number, next: Random): void {
    const second = next.below(SECONDS_A_DAY);
    const call = { second, bot, origin, port: 1024 + next.below(64_512) };
    const late = next.below(LATE) === 0 ? next.below(LATE_SECONDS) : 0;
    this.#put(call, second + late);
    if (next.below(AGAIN) === 0 && !this.#full)
      this.#put(call, second + late + next.below(AGAIN_SECONDS));
  }

  #put({ second, bot, origin, port }: Call, delivered: number): void {
    const at = this.#count++;
    this.#seconds[at] = second;
    this.#bots[at] = bot;
    this.#origins[at] = origin;
    this.#ports[at] = port;
    this.#order[at] = delivered * NUMBERS + at;
  }
}
