import { describe, expect, it } from "vitest";
import { addFeed, parseConfig } from "../../config/index.ts";
import { feedFormats } from "../index.ts";
import { catalogue } from "./index.ts";

const formats = new Set(["auto", ...feedFormats([]).map(({ name }) => name)]);

describe("the catalogue", () => {
  it("names each feed once", () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  });

  it.each(catalogue.map((entry) => [entry.name, entry] as const))(
    "defines %s as tocsin.yaml takes it, at rest, with every fact about it",
    (name, { definition, needs, documentation }) => {
      const text = addFeed("home: [NO]\n", name, definition, [documentation]);
      const feed = parseConfig(text, "/etc/tocsin/tocsin.yaml").feeds[name]!;
      expect(feed.enabled).toBe(false);
      expect(formats).toContain(feed.format);
      expect(feed.tlp).toBeDefined();
      expect(Object.keys(feed.about!).sort()).toEqual([
        "confidence",
        "licence",
        "observes",
        "provider",
        "sharing",
      ]);
      for (const { key } of needs) expect(valueAt(definition, key.split("."))).toBeDefined();
    },
  );
});

function valueAt(of: unknown, keys: readonly string[]): unknown {
  return keys.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], of);
}
