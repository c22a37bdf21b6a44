import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deliver } from "../contract/deliver.ts";
import { STORES } from "../contract/stores.ts";
import { ask } from "../contract/use-store.ts";
import { readScenario } from "./read-scenario.ts";

const folder = new URL("./", import.meta.url);
const files = ["README.md", ...readdirSync(folder).filter((name) => name.endsWith(".txt"))];

/** The text of a file; of a manual, its indented example. */
function readStory(file: string): string {
  const text = readFileSync(new URL(file, folder), "utf8");
  return file.endsWith(".md")
    ? [...text.matchAll(/^ {4}(.*\n)/gm)].map(([, line]) => line).join("")
    : text;
}

describe.each(STORES)("the counting rules in the %s store", (_name, open) => {
  it.each(files)("%s", async (file) => {
    const opened = await open(["CN"]);
    try {
      for (const step of readScenario(readStory(file)))
        if ("rows" in step) await deliver(opened.store, step.feed, { rows: step.rows });
        else {
          const where = `${file}:${step.line} ${step.text}`;
          expect(await ask(opened.store, step.asked), where).toEqual(step.answer);
        }
    } finally {
      await opened.close();
    }
  });
});

describe("the reader of the counting rules", () => {
  it.each([
    ["batch feed\n  at color\n", "line 2 has no column color"],
    ["batch feed\n  at origin\n  2013-01-01\n", "line 3 has too few or many cells"],
    ["# ok\nweather 1 2\n", "line 2 begins neither a batch nor a situation"],
    ["situation 2013-01-01 2013-01-02 by moon\n", "line 1 names no breakdown: moon"],
    ["situation 2013-01-01 2013-01-02\n  total victim 1\n", "line 2 is wrong at victim"],
  ])("names the line of a mistake", (text, message) => {
    expect(() => readScenario(text)).toThrow(message);
  });
});
