import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { parseConfig } from "../../config/index.ts";
import { openSigningKey } from "../../send/mail/index.ts";
import { Secret } from "../../core/secret.ts";
import { answers } from "../schemas/index.ts";

const TEAM = `alerting:
  team: { name: Example CERT, from: soc@cert.example, replyTo: answer@cert.example }
`;
let dir: string;
let cli: FakeCli;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-key-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

const make = (...argv: string[]) => cli.run("key", "new", ...argv);
const OWNER = ["--name", "Example CERT", "--mail", "soc@cert.example"];
const textOf = (path: string) => readFileSync(path, "utf8");
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("tocsin key new", () => {
  it("writes a key for its owner only, and the lines with which tocsin.yaml takes it", async () => {
    const { out, err, code } = await make(...OWNER);
    expect(code).toBe(0);
    const key = join(dir, "openpgp-key.asc");
    expect(modeOf(key)).toBe(0o600);
    expect(textOf(key)).toMatch(/^-----BEGIN PGP PRIVATE KEY BLOCK-----/);
    expect(textOf(join(dir, "openpgp-key.public.asc"))).toContain("PGP PUBLIC KEY BLOCK");
    expect(modeOf(join(dir, "openpgp-key.revocation.asc"))).toBe(0o600);
    expect(out).toMatch(/^Fingerprint: ([0-9A-F]{4} ){9}[0-9A-F]{4}$/m);
    expect(out).not.toContain("PRIVATE KEY BLOCK");
    expect(err).toContain("has no passphrase");
    const lines = out.slice(out.indexOf("\n\n")).replace("alerting:\n", "");
    const { alerting } = parseConfig(`home: [CN]\n${TEAM}${lines}`, join(dir, "tocsin.yaml"));
    expect(alerting?.signing).toEqual({ openpgpKeyFile: key });
  });

  it("locks it with a passphrase, and answers as its schema says", async () => {
    const passphraseFile = join(dir, "pass");
    writeFileSync(passphraseFile, "open sesame\n");
    const out = join(dir, "ours.key");
    const run = await make(...OWNER, "--out", out, "--passphrase-file", passphraseFile, "--json");
    expect(run.err).toBe("");
    const answer = answers["key-new"].parse(run.json());
    expect(answer).toMatchObject({
      keyFile: out,
      publicKeyFile: join(dir, "ours.public.asc"),
      revocationFile: join(dir, "ours.revocation.asc"),
      config: {
        alerting: {
          signing: { openpgpKeyFile: "ours.key", openpgpPassphraseFile: "pass" },
        },
      },
    });
    const armored = new Secret(textOf(out));
    const key = await openSigningKey(armored, new Secret("open sesame"));
    expect(key.getFingerprint().toUpperCase()).toBe(answer.fingerprint);
    await expect(openSigningKey(armored)).rejects.toMatchObject({ code: "key-unusable" });
  });

  it.each(["openpgp-key.asc", "openpgp-key.public.asc", "openpgp-key.revocation.asc"])(
    "writes nothing if %s is there",
    async (name) => {
      writeFileSync(join(dir, name), "mine");
      const { code, err } = await make(...OWNER);
      expect([code, err]).toEqual([1, expect.stringContaining(`${name} is there already`)]);
      expect((await make(...OWNER, "--lang", "zh")).err).toContain("已存在，保持原样");
      expect(textOf(join(dir, name))).toBe("mine");
      const others = ["", ".public", ".revocation"].map((part) => `openpgp-key${part}.asc`);
      for (const other of others.filter((it) => it !== name))
        expect(existsSync(join(dir, other))).toBe(false);
    },
  );

  it("leaves nothing behind where it cannot write", async () => {
    const { code, err } = await make(...OWNER, "--out", join(dir, "absent", "key.asc"));
    expect([code, err]).toEqual([1, expect.stringContaining("cannot be written")]);
  });

  it("knows the team of the configuration", async () => {
    expect((await make()).err).toContain("say whose key it is");
    writeFileSync(join(dir, "tocsin.yaml"), `home: [CN]\nlanguage: zh\n${TEAM}`);
    const { out, err } = await make();
    expect(out).toMatch(/^指纹：/);
    expect(out).toContain("公钥，供公布：");
    expect(err).toContain("私钥没有口令");
  });

  it.each([
    [["--name", "x"], 2, "--name and --mail"],
    [["--name", "a <b>", "--mail", "a@b.example"], 2, "--name: no name"],
    [["--name", "x", "--mail", "nobody"], 2, "--mail: no mail address"],
    [[...OWNER, "--passphrase-file", "absent"], 1, "absent cannot be read"],
  ])("says what is wrong with %j", async (argv, code, says) => {
    const { code: got, err } = await make(...argv);
    expect([got, err]).toEqual([code, expect.stringContaining(says)]);
  });

  it("takes no empty passphrase, and needs a place before `init`", async () => {
    writeFileSync(join(dir, "pass"), "\n");
    const empty = await make(...OWNER, "--passphrase-file", join(dir, "pass"));
    expect([empty.code, empty.err]).toEqual([1, expect.stringContaining("is empty")]);
    rmSync(join(dir, "tocsin.yaml"));
    const unset = await make(...OWNER);
    expect([unset.code, unset.err]).toEqual([1, expect.stringContaining("--out")]);
    expect((await make(...OWNER, "--out", join(dir, "k.asc"))).code).toBe(0);
  });
});
