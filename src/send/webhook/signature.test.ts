import { createPrivateKey } from "node:crypto";
import { expect, it } from "vitest";
import { contentDigestOf, keyIdOf, signatureOf } from "./signature.ts";

/** RFC 9421, appendix B.1.4. */
const key = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`);

it("gives the signature of RFC 9421, appendix B.2.6", () => {
  const signed = signatureOf(
    "sig-b26",
    [
      ["date", "Tue, 20 Apr 2021 02:07:55 GMT"],
      ["@method", "POST"],
      ["@path", "/foo"],
      ["@authority", "example.com"],
      ["content-type", "application/json"],
      ["content-length", "18"],
    ],
    { created: 1618884473, keyid: "test-key-ed25519" },
    key,
  );
  expect(signed).toEqual({
    "signature-input":
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")' +
      ';created=1618884473;keyid="test-key-ed25519"',
    signature:
      "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  });
});

it("gives the digest of RFC 9530, appendix D, and the thumbprint of RFC 8037, appendix A.3", () => {
  expect(contentDigestOf(Buffer.from('{"hello": "world"}\n'))).toBe(
    "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
  );
  const d = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  const jwk = { kty: "OKP", crv: "Ed25519", d, x };
  expect(keyIdOf(createPrivateKey({ key: jwk, format: "jwk" }))).toBe(
    "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
  );
});
