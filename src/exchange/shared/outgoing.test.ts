import { describe, expect, it } from "vitest";
import type { ObservationRecord } from "../../app/ports.ts";
import { outgoing, outgoingFields } from "./outgoing.ts";

describe("what is given to a writer", () => {
  const record = {
    ...Object.fromEntries(outgoingFields.map((field) => [field, "x"])),
    file: "/private.csv",
    line: 7,
    sector: "government",
    internalNote: "nobody else's business",
    extra: JSON.stringify({
      port: "1",
      "tocsin.kind": "c2-server",
      "extra.tocsin.source": "origin",
    }),
  } as unknown as ObservationRecord;

  it("has the fields of the list and no other", () => {
    expect(Object.keys(outgoing(record)).sort()).toEqual([...outgoingFields].sort());
  });

  it("has no member by which a feed would speak for us", () => {
    expect(outgoing(record).extra).toEqual({ port: "1" });
  });
});
