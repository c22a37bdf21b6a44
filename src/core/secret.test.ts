import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

test("a secret shows itself in no way but the one that asks for it", () => {
  const secret = new Secret("hunter2");
  expect(`${String(secret)} ${JSON.stringify({ secret })} ${inspect(secret)}`).not.toContain(
    "hunter2",
  );
  expect(String(secret)).toBe("[secret]");
  expect(secret.reveal()).toBe("hunter2");
});
