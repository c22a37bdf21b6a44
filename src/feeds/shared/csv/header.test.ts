import { describe, expect, it } from "vitest";
import { COMMA, readHeader } from "./index.ts";

const read = (text: string) => readHeader(Buffer.from(text), COMMA);

describe("readHeader", () => {
  it("tolerates a byte-order mark, blank lines, quotes and spaces", () => {
    const text = '\ufeff\r\n"a" , b,"c ""d"""\r\n1,2,3\n';
    expect(read(text)).toEqual({ columns: ["a", "b", 'c "d"'], skip: { bytes: 24, lines: 2 } });
  });

  it("reads a file that is a header and nothing else", () => {
    expect(read("a,b")).toEqual({ columns: ["a", "b"], skip: { bytes: 3, lines: 1 } });
  });

  it("names columns that have no name or another's", () => {
    expect(read("a,,A,a_2\n")?.columns).toEqual(["a", "column_2", "A_2", "a_2_2"]);
  });

  it("finds none in an empty file, in binary data and in text that is no UTF-8", () => {
    for (const text of ["", "\n\n", ",,\n", "a\0b,c\n"]) expect(read(text)).toBeUndefined();
    expect(readHeader(Uint8Array.of(0x61, 0xe9, 0x2c, 0x62, 10), COMMA)).toBeUndefined();
  });
});
