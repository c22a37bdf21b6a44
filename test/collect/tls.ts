// A certificate authority of a test, and a certificate of it for this machine.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { absent } from "./program.ts";
import { folder } from "./bench.ts";

const OPENSSL = "/usr/bin/openssl";

/** Whether tests that need certificates are to be left out. */
export const withoutOpenssl = absent(OPENSSL);

/** PEM files, and what stands in them. */
export interface Certificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority that nobody else knows, and a certificate for `localhost` and 127.0.0.1. */
export function makeCertificates(dir = folder()): Certificates {
  const [ca, caKey, cert, key, request, names] = (
    ["ca.pem", "ca-key.pem", "cert.pem", "key.pem", "request.pem", "names.cnf"] as const
  ).map((name) => join(dir, name)) as [string, string, string, string, string, string];
  const run = (...args: string[]): void => void execFileSync(OPENSSL, args, { stdio: "ignore" });
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = ["-subj", "/CN=Authority of a test", "-days", "2"];
  run("req", "-x509", ...fresh, ...authority, "-keyout", caKey, "-out", ca);
  run("req", ...fresh, "-subj", "/CN=localhost", "-keyout", key, "-out", request);
  writeFileSync(names, "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  const signed = ["-CA", ca, "-CAkey", caKey, "-CAcreateserial", "-days", "2", "-extfile", names];
  run("x509", "-req", "-in", request, ...signed, "-out", cert);
  const read = (path: string): string => readFileSync(path, "utf8");
  return {
    caFile: ca,
    certFile: cert,
    keyFile: key,
    ca: read(ca),
    cert: read(cert),
    key: read(key),
  };
}
