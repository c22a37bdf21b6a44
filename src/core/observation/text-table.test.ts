import { describe, expect, it } from "vitest";
import { TextTable } from "./text-table.ts";

/** Two texts that were made to have one code. */
const [first, second] = ["ky8jbovqy088", "pj7si7f5t0js"].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
];

describe("TextTable", () => {
  it("notices a text that has the code of another", () => {
    const table = new TextTable(16);
    const ref = { lo: 0, hi: 0 };
    const clashes = [first, second, first, Buffer.from("zeus"), second].map((text) => {
      table.encode(text, 0, text.length, ref);
      return table.clashed;
    });
    expect(clashes).toEqual([false, true, false, false, true]);
    expect(table.texts.count).toBe(1);
  });
});
