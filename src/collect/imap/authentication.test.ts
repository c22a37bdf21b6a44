import { expect, it } from "vitest";
import { dkimVerdict } from "./authentication.ts";

const mine = ["mx.cert.example"];
const verdict = (...headers: string[]) => {
  const { result, domain, ofSender } = dkimVerdict(headers, mine, "reports@feeds.shadow.example");
  return [result, domain, ofSender];
};

it("believes our own server, and the signature of the sender's domain or one above it", () => {
  expect(
    verdict("mx.cert.example 1; spf=pass; dkim=pass (2048 bit) header.d=shadow.example"),
  ).toEqual(["pass", "shadow.example", true]);
  expect(verdict("mx.cert.example; dkim=pass header.i=@feeds.shadow.example")).toEqual([
    "pass",
    "feeds.shadow.example",
    true,
  ]);
});

it("does not believe a signature of somebody else, or one that failed", () => {
  expect(verdict("mx.cert.example; dkim=pass header.d=evil.example")).toEqual([
    "pass",
    "evil.example",
    false,
  ]);
  expect(verdict("mx.cert.example; dkim=pass header.d=example")).toEqual([
    "pass",
    "example",
    false,
  ]);
  expect(verdict("mx.cert.example; dkim=fail header.d=shadow.example")).toEqual([
    "fail",
    "shadow.example",
    false,
  ]);
  expect(verdict("mx.cert.example; none")).toEqual(["none", "", false]);
});

it("does not believe a header that anybody may have written", () => {
  expect(verdict("mx.evil.example; dkim=pass header.d=shadow.example")[0]).toBe("unknown");
  expect(verdict("other (mx.cert.example; dkim=pass header.d=shadow.example); dkim=pass")[0]).toBe(
    "unknown",
  );
  // The topmost of ours counts: what lies below may have come with the mail.
  expect(
    verdict("mx.cert.example; dkim=none", "mx.cert.example; dkim=pass header.d=shadow.example")[0],
  ).toBe("none");
  expect(verdict()[0]).toBe("unknown");
});

it("takes the signature of the sender among several", () => {
  const two = "dkim=pass header.d=list.example; dkim=pass header.d=feeds.shadow.example";
  expect(verdict(`mx.cert.example; ${two}`)[2]).toBe(true);
});
