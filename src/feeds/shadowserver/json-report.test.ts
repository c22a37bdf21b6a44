import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { observe } from "../shared/testing/observe.ts";
import { shadowserver } from "./index.ts";

const name = "2026-03-01-scan_ssh-example.json";
const row = (ip: string) => ({
  timestamp: "2026-03-01 00:00:00",
  ip,
  port: 22,
  asn: "64496",
  geo: "NO",
  serverid_raw: 'SSH-2.0-"x}"\r\n',
  device_model: null,
});
const outcome = (text: string) => observe(shadowserver, name, Buffer.from(text));

describe("a report as JSON", () => {
  const first = {
    line: 1,
    victim: "192.0.2.1",
    victimPort: 22,
    kind: "other",
    extra: { asn: "64496", geo: "NO", serverid_raw: 'SSH-2.0-"x}" ' },
  };

  it("is read as the same report in CSV, and the rows after a bad one", () => {
    const rows = [row("192.0.2.1"), row("nowhere"), "no row", { ...row("2001:db8::1"), more: 1 }];
    for (const text of [
      JSON.stringify(rows),
      JSON.stringify(rows, null, 4),
      rows.map((one) => JSON.stringify(one)).join("\n"),
    ])
      expect(outcome(text)).toMatchObject({
        reading: { type: "scan_ssh", whole: true },
        rows: [first, { line: 4, victim: "2001:db8::1", extra: { more: "1" } }],
        refusals: [
          { line: 2, reason: "address-invalid" },
          { line: 3, reason: "syntax-invalid" },
        ],
      });
  });

  it("is taken by its name only", () => {
    const head = Buffer.from(JSON.stringify([row("192.0.2.1")]));
    expect(shadowserver.recognise({ name: "events.json", head })).toBeUndefined();
    expect(shadowserver.recognise({ name, head: Buffer.from("[1, 2]") })).toBeUndefined();
  });

  it("never throws, and answers every row once", () => {
    const cells = fc.dictionary(fc.constantFrom("ip", "port", "timestamp", "x"), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(cells), (rows) => {
        const text = JSON.stringify([row("192.0.2.1"), ...rows]);
        const { rows: kept, refusals } = outcome(text);
        expect(kept.length + refusals.length).toBe(rows.length + 1);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        outcome(`${JSON.stringify(row("192.0.2.1"))}\n${text}`);
      }),
    );
  });
});
