import { describe, expect, it } from "vitest";
import { addressFromText } from "../core/network/index.ts";
import { ByteLine } from "./byte-line.ts";
import { ROW_FORMATS, type ReplayFormat, type Row } from "./row-formats.ts";

const row: Row = {
  event: 36,
  day: 31,
  secondOfDay: 3661,
  victim: addressFromText("240.1.2.3")!.w3,
  origin: addressFromText("248.0.0.255")!.w3,
  port: 6667,
  family: "zeus",
  count: 12,
};

function write(format: ReplayFormat): string {
  const line = new ByteLine();
  ROW_FORMATS[format].write(line, row);
  return line.bytes.toString("latin1", 0, line.length);
}

describe("row formats", () => {
  it("plain is our own CSV", () => {
    expect(write("plain")).toBe(
      "000010,2013-02-01T01:01:01Z,240.1.2.3,248.0.0.255,6667,tcp,zeus,12\n",
    );
  });

  it("event4_sinkhole puts the victim into src_ip and the origin into dst_ip", () => {
    const names = ROW_FORMATS.event4_sinkhole.header.trimEnd().replaceAll('"', "").split(",");
    const cells = write("event4_sinkhole").trimEnd().replaceAll('"', "").split(",");
    expect(cells).toHaveLength(names.length);
    expect(Object.fromEntries(names.map((name, at) => [name, cells[at]]))).toMatchObject({
      timestamp: "2013-02-01 01:01:01",
      src_ip: "240.1.2.3",
      dst_ip: "248.0.0.255",
      dst_port: "6667",
      infection: "zeus",
      event_id: "000010",
      count: "12",
    });
  });
});
