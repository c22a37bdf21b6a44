import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Secret } from "../../core/secret.ts";
import { type Asked, collectFrom, depotIn, serve, usualHttp } from "../../../test/collect/bench.ts";
import { makeShadowserverCollector, type ShadowserverOptions } from "./index.ts";

const SECRET = "the secret \u00e9";

/** A report as the API lists it. */
const report = (id: string, type: string, day = "2024-03-01") => ({
  id,
  type,
  report: "example",
  url: `https://dl.shadowserver.org/${id}`,
  file: `${day}-${type}-example-asn.csv`,
  timestamp: `${day} 00:00:00`,
});

/** The API, which refuses what is not signed right. */
function api(list: () => unknown) {
  return serve((asked, response) => {
    if (asked.path === "/api2/reports/list") {
      const good = createHmac("sha256", SECRET).update(asked.body).digest("hex");
      const right = asked.headers["hmac2"] === good;
      response.writeHead(right ? 200 : 401).end(JSON.stringify(right ? list() : {}));
    } else if (asked.path === "/dl/gone") response.writeHead(404).end();
    else response.end(`rows of ${asked.path}\n`);
  });
}

const from = (url: string, more: Partial<ShadowserverOptions> = {}) =>
  makeShadowserverCollector({
    apiUrl: `${url}/api2/`,
    downloadUrl: `${url}/dl/`,
    key: new Secret("the key"),
    secret: new Secret(SECRET),
    types: ["*"],
    days: 2,
    http: usualHttp,
    ...more,
  });

const downloads = (asked: readonly Asked[]) =>
  asked.flatMap(({ path }) => (path.startsWith("/dl/") ? [path.slice(4)] : []));

describe("the Shadowserver reports API", () => {
  it("is asked with a signature over the exact bytes, and each report is fetched once", async () => {
    const reports = [report("aaa", "event4_sinkhole"), report("bbb", "scan_http")];
    const { url, asked } = await api(() => reports);
    const depot = await depotIn();
    const taken = await collectFrom(from(url, { reports: ["example"] }), depot);
    expect(taken).toMatchObject([
      {
        id: "aaa",
        name: "2024-03-01-event4_sinkhole-example-asn.csv",
        text: "rows of /dl/aaa\n",
        facts: { type: "event4_sinkhole", report: "example" },
      },
      { id: "bbb" },
    ]);
    expect(JSON.parse(asked[0]!.body)).toMatchObject({ apikey: "the key", reports: ["example"] });
    expect(asked[1]!.headers).not.toHaveProperty("hmac2");
    reports.push(report("ccc", "scan_http", "2024-03-02"));
    expect(await collectFrom(from(url), depot)).toMatchObject([{ id: "ccc" }]);
    expect(downloads(asked)).toEqual(["aaa", "bbb", "ccc"]);
  });

  it("gives only the types that are wanted", async () => {
    const { url, asked } = await api(() => [report("a", "event4_sinkhole"), report("b", "scan_x")]);
    await collectFrom(from(url, { types: ["event?_*"] }), await depotIn());
    expect(downloads(asked)).toEqual(["a"]);
  });

  it("does not let one report that is gone hold up the others", async () => {
    const { url } = await api(() => [report("gone", "a"), { odd: true }, report("b", "b")]);
    const depot = await depotIn();
    await expect(collectFrom(from(url), depot)).rejects.toMatchObject({ code: "feed-refused" });
    expect(depot.known("b")).toBe(true);
  });

  it.each([
    [{ error: "no such report" }, "feed-refused"],
    ["a string", "feed-malformed"],
    [[{ odd: true }], "feed-malformed"],
    [[{ ...report("x", "y"), id: "../../etc/passwd" }], "feed-malformed"],
  ])("says what is wrong with the answer %j", async (answer, code) => {
    const { url } = await api(() => answer);
    await expect(collectFrom(from(url), await depotIn())).rejects.toMatchObject({ code });
  });

  it("is refused with a wrong secret, which is not told to anybody", async () => {
    const { url } = await api(() => []);
    const secret = new Secret("wrong");
    await expect(collectFrom(from(url, { secret }), await depotIn())).rejects.toMatchObject({
      code: "feed-refused",
    });
    expect(`${String(secret)} ${JSON.stringify({ secret })}`).toBe(
      '[secret] {"secret":"[secret]"}',
    );
  });
});
