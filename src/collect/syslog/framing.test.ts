import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asLine, Framing } from "./framing.ts";
import { textOf } from "./text.ts";

function messagesIn(chunks: readonly (string | Uint8Array)[]): string[] {
  const framing = new Framing();
  const whole = chunks.flatMap((chunk) => framing.add(Buffer.from(chunk as string)));
  return [...whole, ...framing.end()].map((message) => message.toString("latin1"));
}

describe("Framing", () => {
  it("reads both framings of RFC 6587, whatever the chunks", () => {
    const stream = "5 <1>ab<2>lines\n<3>more\n7 <4>a\nbc12 <5>123456789<6>last";
    const expected = ["<1>ab", "<2>lines", "<3>more", "<4>a\nbc", "<5>123456789", "<6>last"];
    expect(messagesIn([stream])).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const chunks = at.slice(1).map((to, i) => stream.slice(at[i], to));
        expect(messagesIn(chunks)).toEqual(expected);
      }),
    );
  });

  it("cuts off what is far too long, and reads what comes after it", () => {
    const long = "x".repeat(3 << 20);
    const lines = messagesIn([`<1>${long}`, `${long}\n<2>b\n`]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe("<2>b");
    const counted = messagesIn([`${long.length} ${long}`, "4 <2>b"]);
    expect(counted.map(({ length }) => length)).toEqual([1 << 20, 4]);
  });

  it("never throws, and loses no line that is whole", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        messagesIn(chunks);
        const marked = messagesIn([...chunks, "\n<1>mark\n", "<2>end\n"]);
        expect(marked.length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

it.each([
  [
    "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u00ef\u00bb\u00bf'su root' failed",
    "'su root' failed",
  ],
  [
    '<165>1 2003-08-24T05:14:15Z 192.0.2.1 prog 8710 - [a@1 x="1"][b@2 y="\\"]"] text [here]',
    "text [here]",
  ],
  ["<34>Oct 11 22:14:15 mymachine su: 'su root' failed", "'su root' failed"],
  ['<134>Nov 26 10:00:00 sensor suricata[123]: {"event":"x: y"}', '{"event":"x: y"}'],
  ["<134>2024-03-01T10:00:00+01:00 host prog: text", "text"],
  ['<13>{"a":1}', '{"a":1}'],
  ["no header at all", "no header at all"],
])("the text of %j is %j", (message, text) => {
  expect(textOf(Buffer.from(message, "latin1")).toString("latin1")).toBe(text);
});

it("a message is one line", () => {
  expect(Buffer.from(asLine(Buffer.from("a\r\nb\nc"))).toString()).toBe("a  b c");
});
