import { createHash } from "node:crypto";
import type { ExchangeWriter, ObservationRecord } from "../../app/ports.ts";
import { type Outgoing, outgoing } from "../shared/outgoing.ts";
import { ownUuid } from "../shared/uuid.ts";
import { lasting, markingOf } from "./common.ts";
import { indicator, isListing } from "./indicator.ts";
import type { StixObject } from "./observables.ts";
import { observedData } from "./observed-data.ts";

/** How many objects that may come again are remembered; one that was forgotten is written again, which does no harm. */
const MOST_REMEMBERED = 200_000;

/** Writes a bundle, page by page; each object once. */
export class BundleWriter implements ExchangeWriter {
  readonly #written = new Set<string>();
  readonly #hash = createHash("sha256");

  begin(): string {
    return `{"type":"bundle","objects":[\n${lasting.map((object) => JSON.stringify(object)).join(",\n")}`;
  }

  write(records: readonly ObservationRecord[]): { text: string; written: number } {
    let text = "";
    for (const record of records) {
      const out = outgoing(record);
      this.#hash.update(`${out.feed} ${out.identity}\n`);
      for (const object of objectsOf(out))
        if (!this.#knows(object)) text += `,\n${JSON.stringify(object)}`;
    }
    return { text, written: records.length };
  }

  /** The bundle's id stands last, as it tells what is in it: the same observations make the same bundle. */
  end(): string {
    return `\n],"id":"bundle--${ownUuid("bundle", this.#hash.digest("hex"))}"}\n`;
  }

  #knows({ id }: StixObject): boolean {
    if (this.#written.has(id)) return true;
    if (this.#written.size === MOST_REMEMBERED) this.#written.clear();
    this.#written.add(id);
    return false;
  }
}

function objectsOf(out: Outgoing): StixObject[] {
  return [markingOf(out.tlp), ...(isListing(out) ? indicator(out) : observedData(out))];
}
