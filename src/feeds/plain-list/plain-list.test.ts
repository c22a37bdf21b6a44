import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { observe } from "../shared/testing/observe.ts";
import { addressList, hostNameList, publicLists, urlList } from "./index.ts";

const formats = [publicLists, addressList, urlList, hostNameList];
const sample = (text: string, name = "list.txt") => ({ name, head: Buffer.from(text) });
const takes = (text: string, name?: string) =>
  formats.find((format) => format.recognise(sample(text, name)))?.name;

describe("plain lists", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    const format = formats.find((one) =>
      one.recognise({ name: fixture.file, head: fixture.bytes }),
    )!;
    expect(outcomeOf(format, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(format, fixture, 1)).toEqual(fixture.expected);
  });

  it("tells addresses, URLs and names apart, and leaves alone what is none of them", () => {
    expect(takes("192.0.2.1\n")).toBe("address-list");
    expect(takes("# a list\n2001:db8::/32 ; why\n")).toBe("address-list");
    expect(takes("hxxp://bad[.]example/x\n")).toBe("url-list");
    expect(takes("bad.example\nworse.example\n")).toBe("name-list");
    expect(takes("1.1.1.1\n", "torbulkexitlist")).toBe("public-list");
    expect(takes("a sentence. And another\n")).toBeUndefined();
    expect(takes("12\n13\n")).toBeUndefined();
    expect(takes("")).toBeUndefined();
  });

  it("dates rows by the list, or by when it was taken", () => {
    const read = (text: string) => observe(addressList, "list.txt", Buffer.from(text)).rows[0];
    expect(read("# Last updated: 2024-02-01 10:00:00\n192.0.2.1\n")).toMatchObject({
      seenAt: "2024-02-01T10:00:00.000Z",
    });
    expect(read("192.0.2.1\n")).toMatchObject({ seenAt: "2024-02-29T12:00:00.000Z" });
    expect(read("192.0.2.1, 2024-02-03 04:05:06\n")).toMatchObject({
      seenAt: "2024-02-03T04:05:06.000Z",
    });
  });
});
