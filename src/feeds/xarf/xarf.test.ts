import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { observe } from "../shared/testing/observe.ts";
import { xarf } from "./index.ts";

const samples = sharedData("xarf/samples/positive/");

describe.skipIf(!samples)("the open XARF samples", () => {
  it("debug", () => {
    for (const f of readdirSync(join(samples!, "3"))) {
      const o = observe(xarf, f, readFileSync(join(samples!, "3", f)));
      console.log(f, JSON.stringify(o.rows), JSON.stringify(o.refusals));
    }
    expect(1).toBe(1);
  });
});
