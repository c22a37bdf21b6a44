import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answers } from "./index.ts";

const folder = new URL("../../../docs/schemas/", import.meta.url);

function documentOf(name: string, answer: z.ZodType): unknown {
  const title =
    name === "failure"
      ? "tocsin --json on standard error"
      : `tocsin ${name.replace("-", " ")} --json`;
  const { $schema, ...rest } = z.toJSONSchema(answer);
  return JSON.parse(JSON.stringify({ $schema, title, ...rest }));
}

describe("docs/schemas", () => {
  it.each(Object.entries(answers))(
    "has the schema of %s as the program knows it",
    (name, answer) => {
      const file = new URL(`${name}.schema.json`, folder);
      const made = documentOf(name, answer);
      if (process.env["UPDATE_SCHEMAS"] === "1")
        writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
      expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(made);
    },
  );

  it("has no other schema", () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".schema.json"));
    expect(names.map((name) => name.replace(".schema.json", "")).sort()).toEqual(
      Object.keys(answers).sort(),
    );
  });
});
