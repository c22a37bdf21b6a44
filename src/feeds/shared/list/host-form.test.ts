import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipv4Text } from "../../../core/network/index.ts";
import { HostForm } from "./host-form.ts";
import { readIndicator } from "./indicator.ts";

describe("HostForm", () => {
  it("takes the usual forms", () => {
    const form = new HostForm();
    const usual = ["192.0.2.1", "192.0.2.1:80", "a.example", "a-b.example:8443"];
    const urls = ["http://192.0.2.1/", "https://a.example:8443/x?y=1#z", "http://a.example"];
    for (const text of [...usual, ...urls])
      expect(form.read(Buffer.from(text), 0, text.length), text).toBe(true);
  });

  it("finds in a text that it takes what the text's reader finds", () => {
    const form = new HostForm();
    const piece = fc.constantFrom(
      "http://",
      "https://",
      "192.0.2.1",
      "a.example",
      "Ä",
      ":80",
      ":65536",
      "99999",
      ...'/.:@?#[]-_ a0A"',
    );
    const texts = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = Buffer.from(`x${text}/`);
        if (!form.read(bytes, 1, bytes.length - 1)) return;
        const { address, port, isUrl } = form;
        const found = readIndicator(text);
        const four = found?.address?.version === 4 ? ipv4Text(found.address.w3) : "";
        expect(address === 0 ? "" : ipv4Text(address)).toBe(four);
        expect(address > 0 ? undefined : bytes.toString("utf8", form.from, form.to)).toBe(
          found?.host,
        );
        expect(port || undefined).toBe(found?.port);
        expect(isUrl ? text : undefined).toBe(found?.url);
      }),
      { numRuns: 2000 },
    );
  });
});
