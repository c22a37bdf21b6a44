import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { type Outcome, observe } from "../shared/testing/observe.ts";
import { arf } from "./index.ts";

const read = (text: string): Outcome => observe(arf, "report.eml", Buffer.from(text));
const mail = (type: string, body: string, fields = ""): string =>
  `From: <a@example.org>\nDate: Fri, 9 Feb 2024 10:00:00 +0100 (CET)\n${fields}MIME-Version: 1.0\nContent-Type: ${type}\n\n${body}`;
const feedback = (fields: string, original = ""): string =>
  mail(
    "multipart/report; boundary=b; report-type=feedback-report",
    `--b\n\ntext\n--b\nContent-Type: message/feedback-report\n\n${fields}\n${original}--b--\n`,
  );

describe("arf", () => {
  it.each(readFixtures(import.meta.url))(
    "reads $file, and what stands after a bad one",
    (fixture) => {
      expect(outcomeOf(arf, fixture)).toEqual(fixture.expected);
    },
  );

  it("reads the same with the line ends of mail", () => {
    const text = feedback("Feedback-Type: fraud\nSource-IP: 198.51.100.1\n");
    const { rows } = read(text.replaceAll("\n", "\r\n"));
    expect(rows).toEqual(read(text).rows);
    expect(rows).toMatchObject([
      { kind: "phishing", origin: "198.51.100.1", seenAt: "2024-02-09T09:00:00.000Z" },
    ]);
  });

  it("takes the time of the mail complained of, where the report has none", () => {
    const original =
      "--b\nContent-Type: text/rfc822-headers\n\nDate: Thu, 8 Feb 2024 01:02:03 -0500\n";
    const { rows } = read(feedback("Feedback-Type: virus\nSource-IP: 2001:db8::1\n", original));
    expect(rows).toMatchObject([
      { kind: "malware-distribution", origin: "2001:db8::1", seenAt: "2024-02-08T06:02:03.000Z" },
    ]);
  });

  it("takes the URL or the domain complained of, where there is no address", () => {
    const url = "Reported-URI: http://shop.example/x\n";
    expect(read(feedback(`Feedback-Type: abuse\n${url}`)).rows).toMatchObject([
      { originHost: "shop.example", url: "http://shop.example/x" },
    ]);
    expect(
      read(feedback("Feedback-Type: abuse\nReported-Domain: shop.example\n")).rows,
    ).toMatchObject([{ originHost: "shop.example" }]);
  });

  it("has no observation of a report that says that nothing was wrong", () => {
    const { rows, refusals } = read(feedback("Feedback-Type: not-spam\nSource-IP: 198.51.100.1\n"));
    expect({ rows, refusals }).toEqual({ rows: [], refusals: [] });
  });

  it("refuses a report without a host or with an address that is none", () => {
    expect(read(feedback("Feedback-Type: abuse\n")).refusals).toMatchObject([
      { reason: "address-missing" },
    ]);
    expect(read(feedback("Feedback-Type: abuse\nSource-IP: 300.1.1.1\n")).refusals).toMatchObject([
      { line: 10, reason: "address-invalid" },
    ]);
  });

  it("prefers the JSON of XARF 3, which comes with feedback of its own type", () => {
    const json = JSON.stringify({
      Version: "3",
      ReporterInfo: { ReporterOrg: "x" },
      Report: {
        ReportClass: "Activity",
        ReportType: "PortScan",
        Date: "2024-01-01T00:00:00Z",
        SourceIp: "203.0.113.1",
      },
    });
    const attached = `--b\nContent-Type: application/json; name=xarf.json\n\n${json}\n`;
    expect(read(feedback("Feedback-Type: xarf\nVersion: 1\n", attached)).rows).toMatchObject([
      { kind: "scanner", origin: "203.0.113.1" },
    ]);
  });

  it("opens a mail that was forwarded", () => {
    const inner = feedback("Feedback-Type: abuse\nSource-IP: 198.51.100.1\n");
    const { rows } = read(mail("message/rfc822", inner, "X-ARF: Yes\n"));
    expect(rows).toMatchObject([{ line: 16, origin: "198.51.100.1" }]);
  });

  it("leaves other mails alone", () => {
    const plain = Buffer.from(mail("text/plain", "Hello, the address 198.51.100.1 attacks."));
    expect(arf.recognise({ name: "x.eml", head: plain })).toBeUndefined();
    expect(arf.recognise({ name: "x.csv", head: Buffer.from("from,to\n1,2\n") })).toBeUndefined();
  });
});
