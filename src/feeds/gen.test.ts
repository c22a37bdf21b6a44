import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { it } from "vitest";
import { arf } from "./arf/index.ts";
import { misp } from "./misp/index.ts";
import { stix } from "./stix/index.ts";
import { xarf } from "./xarf/index.ts";
import { outcomeOf } from "./shared/testing/fixtures.ts";
it("gen", () => {
  for (const format of [arf, misp, stix, xarf]) {
    const dir = new URL(`./${format.name}/fixtures/`, import.meta.url);
    for (const file of readdirSync(dir).filter((f) => !f.endsWith(".expected.json")))
      writeFileSync(
        new URL(file.replace(/[^.]*$/, "expected.json"), dir),
        JSON.stringify(
          outcomeOf(format, { file, bytes: readFileSync(new URL(file, dir)), expected: 0 }),
          null,
          2,
        ) + "\n",
      );
  }
});
