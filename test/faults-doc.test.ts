import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS } from "../src/core/fault.ts";
import { renderFaults } from "../tools/faults-doc.mjs";

test('docs/faults.md is the fault table of core; "npm run docs" writes it', () => {
  const page = readFileSync(new URL("../docs/faults.md", import.meta.url), "utf8");
  expect(page).toBe(renderFaults(FAULTS));
});
