import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { expectFixture, expectSturdy, readText } from "../../../test/contacts.ts";
import { serve } from "../../../test/collect/bench.ts";
import { IMPORTED } from "../../../test/directory-facts.ts";
import { fetchSecurityTxt, securityTxtContacts } from "./index.ts";
import { readSecurityTxt } from "./read.ts";

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

describe("contacts-security-txt", () => {
  it("reads its fixture, and a bad record costs itself only", async () => {
    await expectFixture(securityTxtContacts, fixture("signed.txt"));
  });

  it("takes nothing dangerous of a file that was tampered with", async () => {
    await expectSturdy(securityTxtContacts, fixture("signed.txt"));
  }, 120_000);

  it("never throws, whatever it is given", async () => {
    for (const text of [
      "",
      "{",
      "null",
      "[1, null, []]",
      '{"data": 3}',
      'a,b\n"',
      "\u0000\n\n:\n:",
    ])
      expect((await readText(securityTxtContacts, text)).directory.institutions).toEqual([]);
  });
});

const EXPIRES = "Expires: 2013-06-01T00:00:00Z\n";
const CONTACT = "Contact: mailto:security@shop.example\n";
const read = (text: string, domain?: string) =>
  readSecurityTxt(text, domain, { source: "test", importedAt: IMPORTED });

describe("security.txt", () => {
  it.each([
    [
      "has expired",
      `${CONTACT}Expires: 2012-12-31T00:00:00Z`,
      "it expired at 2012-12-31T00:00:00.000Z",
    ],
    ["says no end", CONTACT, "it has no Expires, or not one that is a time"],
    ["says two ends", CONTACT + EXPIRES + EXPIRES, "it has no Expires, or not one that is a time"],
    [
      "ends at no time",
      `${CONTACT}Expires: next year`,
      "it has no Expires, or not one that is a time",
    ],
    [
      "is another site's",
      `${CONTACT}${EXPIRES}Canonical: https://other.example/.well-known/security.txt`,
      "it is the file of other.example",
    ],
  ])("is refused whole if it %s", (_why, text, reason) => {
    const { directory, refused } = read(text, "shop.example");
    expect(refused).toEqual([{ line: 1, reason }]);
    expect(directory.contacts).toEqual([]);
  });

  it("is the file of the domain that it was fetched from", () => {
    expect(read(CONTACT + EXPIRES, "shop.example").directory.responsibilities).toMatchObject([
      { kind: "domain", value: "shop.example" },
    ]);
    expect(read(CONTACT + EXPIRES).refused).toMatchObject([
      { reason: expect.stringMatching(/Canonical/) },
    ]);
  });
});

describe("fetchSecurityTxt", () => {
  /** A web site on loopback; `fetchAt` asks it as if it were shop.example. */
  async function site(handle: Handle) {
    const asked: string[] = [];
    const { url } = await serve(({ path }, response) => {
      asked.push(path);
      handle(path, response);
    });
    const fetched = (inside = true) =>
      fetchSecurityTxt("Shop.example", {
        source: "test",
        importedAt: IMPORTED,
        userAgent: "test",
        inside,
        signal: new AbortController().signal,
        siteOf: () => url,
      });
    return { asked, fetched };
  }
  type Handle = (path: string, response: ServerResponse) => void;
  const plain = { "content-type": "text/plain; charset=utf-8" };

  it("looks at both places, and takes text only", async () => {
    const { asked, fetched } = await site((path, response) => {
      if (path === "/security.txt") response.writeHead(200, plain).end(CONTACT + EXPIRES);
      else response.writeHead(200, { "content-type": "text/html" }).end("<h1>Not found</h1>");
    });
    expect((await fetched()).directory.contacts).toMatchObject([
      { address: "security@shop.example", status: "unverified" },
    ]);
    expect(asked).toEqual(["/.well-known/security.txt", "/security.txt"]);
  });

  it("says when there is none", async () => {
    const { fetched } = await site((_path, response) => response.writeHead(404).end());
    await expect(fetched()).rejects.toMatchObject({ code: "lookup-empty" });
  });

  it("does not follow to another site", async () => {
    const { fetched } = await site((_path, response) =>
      response.writeHead(302, { location: "http://elsewhere.example/" }).end(),
    );
    await expect(fetched()).rejects.toMatchObject({ code: "lookup-failed" });
  });

  it("reads no more than 32 KiB", async () => {
    const { fetched } = await site((_path, response) =>
      response.writeHead(200, plain).end("#".repeat(40_000)),
    );
    await expect(fetched()).rejects.toMatchObject({ code: "lookup-failed" });
  });

  it("asks nobody inside unless it may", async () => {
    const { asked, fetched } = await site((_path, response) => response.end());
    await expect(fetched(false)).rejects.toMatchObject({ code: "lookup-failed" });
    expect(asked).toEqual([]);
  });
});
