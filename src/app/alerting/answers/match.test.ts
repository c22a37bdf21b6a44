import fc from "fast-check";
import { expect, it } from "vitest";
import { matchOf, meaningOf } from "./match.ts";

const nothing = { address: undefined, reference: undefined, tickets: [] };
const ticket = (alert: string, senderKnown: boolean) => ({ alert, senderKnown });

it("believes the reply address before references, and these before a ticket of a known sender", () => {
  const tickets = [ticket("A-3", true)];
  const all = { address: "A-1", reference: "A-2", tickets };
  expect(matchOf(all)).toEqual({ alert: "A-1", by: "address" });
  expect(matchOf({ ...all, address: undefined })).toEqual({ alert: "A-2", by: "references" });
  expect(matchOf({ ...nothing, tickets })).toEqual({ alert: "A-3", by: "ticket" });
});

it("believes no ticket of a stranger, and no two tickets", () => {
  expect(matchOf({ ...nothing, tickets: [ticket("A-3", false)] }).alert).toBeNull();
  expect(
    matchOf({ ...nothing, tickets: [ticket("A-3", true), ticket("A-4", true)] }).alert,
  ).toBeNull();
  const twice = [ticket("A-3", true), ticket("A-3", true), ticket("A-4", false)];
  expect(matchOf({ ...nothing, tickets: twice })).toEqual({ alert: "A-3", by: "ticket" });
  expect(matchOf(nothing).alert).toBeNull();
});

it("never comes to an alert that no mark leads to", () => {
  const id = fc.constantFrom("A-1", "A-2", "A-3");
  const marks = fc.record({
    address: fc.option(id, { nil: undefined }),
    reference: fc.option(id, { nil: undefined }),
    tickets: fc.array(fc.record({ alert: id, senderKnown: fc.boolean() })),
  });
  fc.assert(
    fc.property(marks, (given) => {
      const { alert } = matchOf(given);
      const known = given.tickets.filter(({ senderKnown }) => senderKnown).map((one) => one.alert);
      expect([null, given.address, given.reference, ...known]).toContain(alert);
    }),
  );
});

it("makes nothing of an answer whose signature is wrong, but a person's task", () => {
  expect(meaningOf({ class: "answer", signature: "bad" }, "fixed")).toBe("ask");
  expect(meaningOf({ class: "answer", signature: "good" }, "fixed")).toBe("claimed-fixed");
  expect(meaningOf({ class: "answer", signature: "unknown-key" }, "none")).toBe("acknowledged");
  expect(meaningOf({ class: "answer", signature: null }, "disputed")).toBe("disputed");
  expect(meaningOf({ class: "auto-reply", signature: null }, "fixed")).toBe("auto-replied");
});
