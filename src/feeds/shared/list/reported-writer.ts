import { keyOf, type Members, type Words } from "../record/index.ts";
import { memberName, type RecordMapping } from "./record-mapping.ts";
import type { RestWriter } from "./rest-writer.ts";
import type { Role } from "./role.ts";
import type { SilentWords } from "./silent-words.ts";

// Of its own: the engine does not fold constants of other modules.
const A = 0x61;
const S = 0x73;

/** A column in which the feed says where the subject or the peer is. */
interface Fact {
  readonly name: number;
  readonly ofPeer: boolean;
  readonly isAsn: boolean;
  /** Its key in `extra`, by the side. */
  readonly keys: Readonly<Record<Role, Words>>;
}

/** Keeps what the feed says of a side's AS and country under names that tell the side. */
export class ReportedWriter {
  readonly #mapping: Pick<RecordMapping, "reported" | "subject">;
  readonly #rest: RestWriter;
  readonly #silent: SilentWords;
  #members!: Members;
  #facts: readonly Fact[] = [];

  constructor(
    mapping: Pick<RecordMapping, "reported" | "subject">,
    rest: RestWriter,
    silent: SilentWords,
  ) {
    this.#mapping = mapping;
    this.#rest = rest;
    this.#silent = silent;
  }

  join(members: Members): void {
    this.#members = members;
    const { asn, country, peerAsn, peerCountry } = this.#mapping.reported ?? {};
    this.#facts = [
      ...this.#fact(asn, false, true),
      ...this.#fact(country, false, false),
      ...this.#fact(peerAsn, true, true),
      ...this.#fact(peerCountry, true, false),
    ];
  }

  #fact(column: string | undefined, ofPeer: boolean, isAsn: boolean): Fact[] {
    if (column === undefined) return [];
    const keyFor = (side: Role): Words => keyOf(memberName(this.#mapping.subject, side, column));
    const keys = { victim: keyFor("victim"), origin: keyFor("origin") };
    return [{ name: this.#members.names.idOf(column), ofPeer, isAsn, keys }];
  }

  /** Adds the facts of a row whose subject stands on the side. */
  write(subject: Role): void {
    const peer = subject === "victim" ? "origin" : "victim";
    const facts = this.#facts;
    for (let i = 0; i < facts.length; i++) {
      const { name, ofPeer, isAsn, keys } = facts[i]!;
      const slot = this.#members.slotOf(name);
      if (slot < 0) continue;
      this.#rest.take(slot);
      if (this.#members.open(slot) === "nothing") continue;
      const { bytes, from, to } = this.#members;
      if (this.#silent.has(bytes, from, to)) continue;
      const key = keys[ofPeer ? peer : subject];
      if (isAsn) this.#rest.add(key, bytes, behindPrefix(bytes, from, to), to);
      else this.#addCountry(key, bytes, from, to);
    }
  }

  #addCountry(key: Words, bytes: Buffer, from: number, to: number): void {
    if (to - from !== 2 || (bytes[from]! < A && bytes[from + 1]! < A))
      return this.#rest.add(key, bytes, from, to);
    const large = Buffer.from(bytes.toString("utf8", from, to).toUpperCase());
    this.#rest.add(key, large, 0, large.length);
  }
}

/** Where the number begins in `AS64496`. */
function behindPrefix(bytes: Buffer, from: number, to: number): number {
  if (to - from < 3 || (bytes[from]! | 0x20) !== A || (bytes[from + 1]! | 0x20) !== S) return from;
  let at = from + 2;
  while (at < to && bytes[at] === 32) at++;
  return at < to && bytes[at]! >= 48 && bytes[at]! <= 57 ? at : from;
}
