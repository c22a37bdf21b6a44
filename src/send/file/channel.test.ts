import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { outbound } from "../../../test/alerting/outbound.ts";
import { makeFileChannel } from "./index.ts";

const never = new AbortController().signal;

function dropFolder() {
  const outside = mkdtempSync(join(tmpdir(), "tocsin-drop-"));
  onTestFinished(() => rmSync(outside, { recursive: true }));
  const root = mkdtempSync(join(outside, "root-"));
  const put = (what: Parameters<typeof outbound>[0]) =>
    makeFileChannel(root).deliver(outbound(what), never);
  return { outside, root, put };
}

it("puts a message into the contact's folder under a name of its own, whole", async () => {
  const { root, put } = dropFolder();
  const name = "A-20130531-000001.alert-1.eml";
  expect(await put({ to: "isp/inbox" })).toEqual({ outcome: "delivered", response: name });
  expect(readdirSync(join(root, "isp/inbox"))).toEqual([name]);
  expect(readFileSync(join(root, "isp/inbox", name))).toEqual(Buffer.from(outbound().bytes));
  expect(await put({ to: "", bytes: Buffer.from("{}") })).toMatchObject({ outcome: "delivered" });
  expect(readdirSync(root)).toContain("A-20130531-000001.alert-1.json");
});

it("knows what it has put there before, and overwrites nothing", async () => {
  const { root, put } = dropFolder();
  writeFileSync(join(root, ".A-20130531-000001.alert-1.eml.part"), "what a crash left");
  await put({ to: "." });
  expect(await put({ to: "." })).toMatchObject({ outcome: "delivered" });
  expect(await put({ to: ".", bytes: Buffer.from("other") })).toMatchObject({ outcome: "refused" });
  expect(readdirSync(root)).toHaveLength(1);
});

it("does not leave its folder", async () => {
  const { outside, root, put } = dropFolder();
  symlinkSync(outside, join(root, "link"));
  const ways = ["..", "../x", "a/../../x", "/etc", "link", "link/x", "a\\..\\x", "a\u0000b", "c:"];
  for (const to of ways) expect(await put({ to })).toMatchObject({ outcome: "refused" });
  for (const deliveryKey of ["../x", "a/b/c", "a/..", ".a/b", "a", "", "a/\u0000"])
    expect(await put({ to: "", deliveryKey })).toMatchObject({ outcome: "refused" });
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (to, deliveryKey) => {
      await put({ to: `${to}/..${to}`, deliveryKey });
      expect(readdirSync(outside)).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

it("tries again later if the folder cannot be written", async () => {
  const channel = makeFileChannel("/nowhere/at/all");
  expect(await channel.deliver(outbound({ to: "isp" }), never)).toMatchObject({
    outcome: "deferred",
  });
});
