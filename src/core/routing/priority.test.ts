import { describe, expect, it } from "vitest";
import { allKinds, classOfKind, type Kind } from "../taxonomy/index.ts";
import { defaultPriorities, priorityOf } from "./index.ts";

const of = (kind: Kind, side: "victim" | "origin" = "origin", sector = "") =>
  priorityOf({ kind, side, sector });

describe("priorityOf", () => {
  it("knows every kind of the taxonomy, and no other", () => {
    expect(Object.keys(defaultPriorities.byKind).toSorted()).toEqual([...allKinds].toSorted());
  });

  it("is P1 for C2 servers, P2 for web shells and phishing, P3 for bots, P4 for what is exposed", () => {
    expect(of("c2-server")).toBe("P1");
    for (const kind of ["web-backdoor", "phishing", "malware-distribution"] as const)
      expect(of(kind)).toBe("P2");
    for (const kind of ["infected-system", "system-compromise", "brute-force"] as const)
      expect(of(kind)).toBe("P3");
    for (const kind of allKinds.filter((it) => classOfKind(it) === "vulnerable"))
      expect(of(kind)).toBe("P4");
  });

  it("raises victims in government and critical sectors, not origins there", () => {
    expect(of("infected-system", "victim", "government")).toBe("P1");
    expect(of("vulnerable-system", "victim", "energy")).toBe("P3");
    expect(of("infected-system", "victim", "academic")).toBe("P3");
    expect(of("scanner", "origin", "government")).toBe("P3");
  });
});
