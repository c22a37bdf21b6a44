import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNormalHost, normaliseHost } from "./index.ts";

function normal(host: string): string {
  const bytes = Buffer.from(host);
  const into = Buffer.alloc(bytes.length);
  return into.toString("utf8", 0, normaliseHost(bytes, 0, bytes.length, into));
}

describe("normaliseHost", () => {
  it.each([
    ["WWW.Example.ORG", "www.example.org"],
    ["www.example.org.", "www.example.org"],
    ["www.example.org:8080", "www.example.org"],
    ["www.example.org.:8080", "www.example.org"],
    ["[2001:DB8::1]:443", "[2001:db8::1]"],
    ["2001:db8::1", "2001:db8::1"],
    ["192.0.2.1:80", "192.0.2.1"],
    ["192.0.2.0/24", "192.0.2.0/24"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["192.0.2.1/index", "192.0.2.1"],
    ["example.org/24", "example.org"],
    ["例え.Example", "例え.example"],
    ["https://User:secret@WWW.Example.org:8443/a@b//c", "www.example.org"],
    ["http://[2001:DB8::1]:80/", "[2001:db8::1]"],
    ["www.example.org/index", "www.example.org"],
    ["Somebody@Mail.Example.org", "mail.example.org"],
    ["http://", "http://"],
    ["/", "/"],
  ])("makes %s to %s", (host, wanted) => {
    expect(normal(host)).toBe(wanted);
  });

  it("leaves alone what is normal, and says of its result that it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."aZ.:0[]é@/"), minLength: 1 }), (host) => {
        const bytes = Buffer.from(host);
        if (isNormalHost(bytes, 0, bytes.length)) expect(normal(host)).toBe(host);
        expect(normal(normal(host)).length).toBeLessThanOrEqual(normal(host).length);
      }),
    );
  });
});
