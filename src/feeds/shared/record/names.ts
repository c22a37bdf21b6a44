import { Words } from "./words.ts";

/** A member where it stands: in the record, or in an object in it. Entries of the same flat name have the same id. */
export class Entry {
  readonly id: number;
  readonly parent: Entry | undefined;
  /** The name's bytes with the quote behind them. */
  readonly key: Words;
  readonly children = new Map<string, Entry>();
  /** The member that came next when this one was met last: records of a feed are alike. */
  after: Entry | undefined = undefined;

  constructor(id: number, parent: Entry | undefined, key: Uint8Array) {
    this.id = id;
    this.parent = parent;
    this.key = new Words(key);
  }
}

/** The names of members, numbered from 1; those of an object in the record are `outer.inner`. */
export class NameTable {
  readonly root = new Entry(0, undefined, new Uint8Array());
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [""];

  /** How many numbers are in use. */
  get size(): number {
    return this.#texts.length;
  }

  /** The number of a flat name. */
  idOf(name: string): number {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#texts.length;
      this.#ids.set(name, id);
      this.#texts.push(name);
    }
    return id;
  }

  /** The number of a flat name; 0 if it has none. */
  find(name: string): number {
    return this.#ids.get(name) ?? 0;
  }

  textOf(id: number): string {
    return this.#texts[id]!;
  }

  /** The entry of an object in a list, by its place: `outer.0`. */
  item(parent: Entry, at: number): Entry {
    const place = `[${at}`;
    let entry = parent.children.get(place);
    if (entry === undefined) {
      const id = this.idOf(`${this.textOf(parent.id)}.${at}`);
      parent.children.set(place, (entry = new Entry(id, parent, new Uint8Array())));
    }
    return entry;
  }

  /** The entry of the member whose name's bytes are `[from, to)`. */
  entry(parent: Entry, bytes: Buffer, from: number, to: number): Entry {
    const raw = bytes.toString("latin1", from, to);
    let entry = parent.children.get(raw);
    if (entry === undefined) {
      const name = bytes.toString("utf8", from, to);
      const flat = parent.id === 0 ? name : `${this.textOf(parent.id)}.${name}`;
      entry = new Entry(this.idOf(flat), parent, Uint8Array.from(bytes.subarray(from, to + 1)));
      parent.children.set(raw, entry);
    }
    return entry;
  }
}
