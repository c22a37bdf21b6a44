import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defangedHost, defangedUrl, harmlessInstitution, harmlessName } from "./harmless.ts";

const anything = fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.domain(), fc.ipV6());
const shown = [harmlessName, harmlessInstitution, defangedHost, defangedUrl];

describe("what attackers chose", () => {
  it("stays in one line of at most 130 characters, whatever it was", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const show of shown) {
          expect(show(text)).not.toMatch(/[\p{C}\u2028\u2029]/u);
          expect([...show(text)].length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  it("has no blank in a host or a URL: it makes no sentence", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(defangedHost(text)).not.toMatch(/\s/);
        expect(defangedUrl(text)).not.toMatch(/\s/);
      }),
    );
  });

  it("is no link to any mail program", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ validSchemes: ["http", "https", "ftp", "HTTP"] }), fc.domain()),
        (text) => {
          expect(defangedUrl(text)).not.toMatch(/https?:|ftp:|www\.|[a-z0-9]\.[a-z]{2,}[/:]/i);
          expect(defangedHost(text)).not.toMatch(/\.[a-z]{2,}$/i);
        },
      ),
    );
  });

  it.each([
    [defangedUrl, "http://bad.example/a b.php?c=d", "hxxp://bad[.]example/a%20b.php?c=d"],
    [defangedUrl, "https://[2001:db8::7]:8080/x", "hxxps://[2001:db8::7]:8080/x"],
    [defangedUrl, "http://bad.example/错", "hxxp://bad[.]example/%E9%94%99"],
    [defangedHost, "www.bad.example", "www.bad[.]example"],
    [defangedHost, "192.0.2.7", "192.0.2[.]7"],
    [defangedHost, "2001:db8::7", "2001[:]db8::7"],
    [harmlessName, "Zeus\r\nBcc: x@y.example", "Zeus Bcc? x?y.example"],
    [harmlessName, "木马/Zbot+gen", "木马/Zbot+gen"],
    [harmlessName, "x".repeat(50), `${"x".repeat(39)}…`],
    [harmlessInstitution, "Evil\u202eCorp http://x.example", "Evil Corp http: x.example"],
  ])("%o shows %j as %j", (show, text, expected) => {
    expect(show(text)).toBe(expected);
  });
});
