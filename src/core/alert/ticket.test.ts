import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit, findTickets, isTicket, ticketOf } from "./index.ts";

const digits = fc.stringMatching(/^\d{1,20}$/);
const ticket = fc
  .tuple(
    fc.stringMatching(/^[A-Z]{2}$/),
    fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
    fc.integer({ min: 1, max: 999_999 }),
  )
  .map(([prefix, date, number]) => ticketOf(prefix, date.toISOString().slice(0, 10), number));

describe("checkDigit", () => {
  it("has the value that Damm gives in his example", () => {
    expect(checkDigit("572")).toBe("4");
  });

  it("finds every wrong digit", () => {
    fc.assert(
      fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, where, by) => {
        const row = text + checkDigit(text);
        const at = where % row.length;
        const wrong = String((Number(row[at]) + by) % 10);
        expect(checkDigit(row.slice(0, at) + wrong + row.slice(at + 1))).not.toBe("0");
      }),
    );
  });

  it("finds every two neighbours that changed places", () => {
    fc.assert(
      fc.property(digits, fc.nat(), (text, where) => {
        const row = text + checkDigit(text);
        const at = where % (row.length - 1);
        fc.pre(row[at] !== row[at + 1]);
        const swapped = row.slice(0, at) + row[at + 1] + row[at] + row.slice(at + 2);
        expect(checkDigit(swapped)).not.toBe("0");
      }),
    );
  });
});

describe("findTickets", () => {
  it("finds what people make of a ticket number", () => {
    const [plain] = findTickets(`Re: [${ticketOf("TC", "2013-05-31", 42)}] C2 server`);
    expect(plain).toMatch(/^TC-20130531-000042-\d$/);
    for (const text of [
      plain!.toLowerCase(),
      plain!.replaceAll("-", "\u2013"),
      plain!.replaceAll("-", "－").replace("TC", "ＴＣ"),
      `> see ${plain!.replace("31-", "31-\r\n> > ")} please`,
      `处理完毕（${plain}）。${plain}`,
    ])
      expect(findTickets(text)).toEqual([plain]);
  });

  it("takes nothing for a ticket whose check digit, day or length is wrong", () => {
    fc.assert(
      fc.property(ticket, fc.integer({ min: 1, max: 9 }), (good, by) => {
        expect(isTicket(good)).toBe(true);
        const bad = good.slice(0, -1) + ((Number(good.at(-1)) + by) % 10);
        expect(findTickets(`a ${bad} b ${good} c X${good} d ${good}7`)).toEqual([good]);
      }),
    );
    const noDay = `20130231000042`;
    expect(isTicket(`TC-20130231-000042-${checkDigit(noDay)}`)).toBe(false);
  });

  it("ends on any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."TC-–－0１29 >\r\n\ud800é"), maxLength: 200 }),
        (text) => {
          expect(findTickets(text)).toBeInstanceOf(Array);
        },
      ),
    );
  });
});
