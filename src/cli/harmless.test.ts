import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harmless, harmlessButStyled } from "./harmless.ts";

describe("harmless", () => {
  it("shows what a terminal would obey", () => {
    expect(harmless("evil\u001b]0;pwn\u0007\u009b2J\rfam")).toBe(
      "evil\\u001b]0;pwn\\u0007\\u009b2J\\u000dfam",
    );
    expect(harmless("gov\u202enc.exe")).toBe("gov\\u202enc.exe");
  });

  it("leaves words of any language and line feeds as they are", () => {
    expect(harmless("境内 56,300 台\nÅngström")).toBe("境内 56,300 台\nÅngström");
  });
});

describe("harmlessButStyled", () => {
  it("lets only colours and weights through", () => {
    expect(harmlessButStyled("\u001b[1mbold\u001b[22m \u001b[2J \u001b[5m")).toBe(
      "\u001b[1mbold\u001b[22m \\u001b[2J \\u001b[5m",
    );
  });

  it("never leaves another control character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("\u001b", "[", "1", "m", "\r", "\u0007", "a") }),
        (text) => {
          const left = harmlessButStyled(text).replaceAll("\u001b[1m", "");
          expect(["\u001b", "\r", "\u0007"].some((char) => left.includes(char))).toBe(false);
        },
      ),
    );
  });
});
