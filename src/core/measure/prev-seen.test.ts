import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CellChanges } from "./cell-table.ts";
import { orderByKey, type Presences } from "./presences.ts";
import { type DimensionsOf, PrevSeen } from "./prev-seen.ts";

interface Presence {
  key: number;
  dimension: number;
  day: number;
}

/** A store of presences and cells that applies the changes of each batch. */
class Cube {
  readonly seen: Presence[] = [];
  readonly cells = new Map<string, number>();

  add(batch: Presence[]): void {
    const delta = open(toColumns(batch), (dimension) => [dimension]);
    const stored = this.seen.toSorted((a, b) => keyHi(a) - keyHi(b) || a.key - b.key);
    for (const p of stored) delta.past(p.key, keyHi(p), p.dimension, p.day);
    const changes = finish(delta);
    for (let i = 0; i < changes.count; i++) {
      const cell = `${changes.dimension[i]}/${changes.day[i]}/${changes.prev[i]}`;
      this.cells.set(cell, (this.cells.get(cell) ?? 0) + changes.change[i]!);
    }
    this.seen.push(...batch);
  }

  distinct(dimension: number, from: number, to: number): number {
    let sum = 0;
    for (const [cell, count] of this.cells) {
      const [of, day, prev] = cell.split("/").map(Number) as [number, number, number];
      if (of === dimension && day >= from && day <= to && prev < from) sum += count;
    }
    return sum;
  }
}

function open(batch: Presences, dimensionsOf: DimensionsOf): PrevSeen {
  return new PrevSeen(batch, lastOf(orderByKey(batch)), dimensionsOf);
}

function lastOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Keys of both kinds: IPv4 (high word 0) and IPv6. */
function keyHi({ key }: Presence): number {
  return key % 3;
}

function toColumns(batch: readonly Presence[]): Presences {
  return {
    count: batch.length,
    keyLo: Uint32Array.from(batch, (p) => p.key),
    keyHi: Uint32Array.from(batch, keyHi),
    day: Uint16Array.from(batch, (p) => p.day),
    facet: Uint32Array.from(batch, (p) => p.dimension),
  };
}

function finish(delta: PrevSeen): CellChanges {
  return lastOf(delta.finish(7));
}

const presence = fc.record({
  key: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 0xfffffff0, 0xfffffff1, 0xfffffff2),
  dimension: fc.integer({ min: 0, max: 2 }),
  day: fc.integer({ min: 1, max: 20 }),
});

describe("PrevSeen", () => {
  it("gives every period's distinct count, whatever the batches and their order", () => {
    fc.assert(
      fc.property(fc.array(fc.array(presence, { maxLength: 30 }), { maxLength: 6 }), (batches) => {
        const cube = new Cube();
        for (const batch of batches) cube.add(batch);
        for (let from = 1; from <= 20; from += 3)
          for (let to = from; to <= 20; to += 2)
            for (const dimension of [0, 1, 2]) {
              const keys = new Set(
                cube.seen
                  .filter((p) => p.dimension === dimension && p.day >= from && p.day <= to)
                  .map((p) => p.key),
              );
              expect(cube.distinct(dimension, from, to)).toBe(keys.size);
            }
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing for a batch that was stored before", () => {
    fc.assert(
      fc.property(fc.array(presence, { maxLength: 40 }), (batch) => {
        const cube = new Cube();
        cube.add(batch);
        const before = new Map(cube.cells);
        cube.add(batch);
        expect(cube.cells).toEqual(before);
      }),
    );
  });

  it("leaves no cell negative", () => {
    fc.assert(
      fc.property(fc.array(fc.array(presence, { maxLength: 30 }), { maxLength: 5 }), (batches) => {
        const cube = new Cube();
        for (const batch of batches) cube.add(batch);
        for (const count of cube.cells.values()) expect(count).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("counts thousands of keys, each in all dimensions of its facet", () => {
    const batch = Array.from({ length: 50_000 }, (_, i) => ({
      key: i + 1,
      dimension: 7,
      day: 1 + (i % 9),
    }));
    const changes = finish(open(toColumns(batch), () => [3, 4]));
    let sum = 0;
    for (let i = 0; i < changes.count; i++) sum += changes.change[i]!;
    expect(sum).toBe(100_000);
    expect(changes.count).toBe(18);
  });
});
