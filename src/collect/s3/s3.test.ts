import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn, serve, usualHttp } from "../../../test/collect/bench.ts";
import { makeS3Collector, type S3Options } from "./index.ts";
import { readListing } from "./list.ts";
import { encoded, signedHeaders } from "./sign.ts";

describe("signedHeaders", () => {
  // The examples of "Authenticating Requests: Using the Authorization Header" in Amazon's reference of the S3 API.
  const credentials = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretKey: new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    region: "us-east-1",
  };
  const now = new Date("2013-05-24T00:00:00Z");
  const host = "https://examplebucket.s3.amazonaws.com";
  const sign = (path: string, headers = {}) =>
    signedHeaders(credentials, "GET", new URL(host + path), now, headers)["authorization"];

  it("signs the published GET of an object with a range", () => {
    expect(sign("/test.txt", { range: "bytes=0-9" })).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
  });

  it("signs the published list of objects", () => {
    expect(sign("/?max-keys=2&prefix=J")).toContain(
      "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    );
  });

  it("signs the published GET of a bucket's lifecycle", () => {
    expect(sign("/?lifecycle")).toContain(
      "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    );
  });
});

/** A small server that speaks like S3: two objects a page. */
function bucket(objects: Record<string, string>) {
  return serve(({ path, method, headers }, response) => {
    if (!headers.authorization?.startsWith("AWS4-HMAC-SHA256 Credential=id/"))
      return void response.writeHead(403).end();
    const { pathname, searchParams } = new URL(path, "http://bucket");
    const key = decodeURIComponent(pathname.replace(/^\/reports\/?/, ""));
    if (method === "DELETE") {
      delete objects[key];
      response.writeHead(204).end();
    } else if (key === "") {
      const after = searchParams.get("continuation-token") ?? "";
      const prefix = searchParams.get("prefix") ?? "";
      const keys = Object.keys(objects).sort();
      const rest = keys.filter((one) => one > after && one.startsWith(prefix));
      const contents = rest.slice(0, 2).map((one) => {
        const etag = createHash("md5").update(objects[one]!).digest("hex");
        return `<Contents><Key>${encoded(one)}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${objects[one]!.length}</Size></Contents>`;
      });
      const more = rest.length > 2;
      response.end(
        `<?xml version="1.0"?>\n<ListBucketResult xmlns="x"><IsTruncated>${more}</IsTruncated>${contents.join("")}` +
          `${more ? `<NextContinuationToken>${rest[1]!.replaceAll("&", "&amp;")}</NextContinuationToken>` : ""}</ListBucketResult>`,
      );
    } else if (key === "forbidden.csv") response.writeHead(403).end();
    else response.writeHead(objects[key] === undefined ? 404 : 200).end(objects[key]);
  });
}

const from = (url: string, more: Partial<S3Options> = {}) =>
  makeS3Collector({
    endpoint: url,
    bucket: "reports",
    prefix: "",
    files: ["**"],
    credentials: { accessKeyId: "id", secretKey: new Secret("key"), region: "us-east-1" },
    pathStyle: true,
    after: "keep",
    http: usualHttp,
    ...more,
  });

describe("a bucket", () => {
  it("is listed to its end; objects that are new or have changed are fetched", async () => {
    const objects: Record<string, string> = {
      "2024/a & b.csv": "1\n",
      "2024/b+c (1).csv": "2\n",
      "2024/folder/": "",
      "x/报告.csv": "3\n",
      "x/y.log": "4\n",
    };
    const { url } = await bucket(objects);
    const depot = await depotIn();
    const taken = await collectFrom(from(url), depot);
    expect(taken.map(({ name, text }) => [name, text])).toEqual([
      ["a_b.csv", "1\n"],
      ["b+c_1_.csv", "2\n"],
      ["y.log", "4\n"],
      ["报告.csv", "3\n"],
    ]);
    expect(await collectFrom(from(url), depot)).toEqual([]);
    objects["x/y.log"] = "other\n";
    expect(await collectFrom(from(url), depot)).toMatchObject([{ text: "other\n" }]);
  });

  it("gives what is wanted by prefix and pattern", async () => {
    const { url } = await bucket({ "a/x.csv": "1", "a/y.log": "2", "b/z.csv": "3" });
    const feed = from(url, { prefix: "a/", files: ["**/*.csv"] });
    expect(await collectFrom(feed, await depotIn())).toMatchObject([{ facts: { key: "a/x.csv" } }]);
  });

  it("loses an object only when the journal has it", async () => {
    const objects = { "a.csv": "1", "b.csv": "2", "forbidden.csv": "3", "z.csv": "4" };
    const { url } = await bucket(objects);
    const depot = await depotIn();
    const feed = from(url, { after: "delete" });
    await collectFrom(feed, depot, { crash: { at: 2, journaled: true } });
    expect(Object.keys(objects)).toEqual(["b.csv", "forbidden.csv", "z.csv"]);
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "feed-refused" });
    expect(Object.keys(objects)).toEqual(["forbidden.csv"]);
    expect(depot.standing.deliveries).toBe(3);
  });
});

it("a list is read whatever entities its keys have; other answers are none", () => {
  const xml =
    "<ListBucketResult><Contents><Key>a&#x26;b&amp;%20c</Key><Size>1</Size></Contents></ListBucketResult>";
  expect(readListing(xml)).toEqual({
    objects: [{ key: "a&b& c", etag: "", size: 1 }],
    next: undefined,
  });
  expect(readListing("<Error/>")).toBeUndefined();
});
