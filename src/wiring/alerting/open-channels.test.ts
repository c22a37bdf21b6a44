import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { outbound } from "../../../test/alerting/outbound.ts";
import { scriptedServer } from "../../../test/alerting/smtp-script.ts";
import { Alerting } from "../../config/index.ts";
import { makeAlertingSecret } from "./alerting-secret.ts";
import { openChannels } from "./open-channels.ts";
import { openMailbox, openReplyAddresses } from "./open-mailbox.ts";

const never = new AbortController().signal;

function folder() {
  const dir = mkdtempSync(join(tmpdir(), "tocsin-channels-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = (name: string, content: string): string => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  return { dir, file };
}

const alerting = (more: object = {}, team: object = {}) =>
  Alerting.parse({
    team: { name: "CERT", from: "cert@cert.example", replyTo: "cert@cert.example", ...team },
    ...more,
  });

it("opens the channels that are set up, and mail leaves by the server that is named", async () => {
  const { dir } = folder();
  expect([...(await openChannels(alerting())).keys()]).toEqual(["webhook"]);
  const { port, bodies } = await scriptedServer();
  const smtp = { host: "127.0.0.1", port, security: "none" };
  const onlyDomains = ["isp.example"];
  const channels = await openChannels(alerting({ smtp, dropFolder: dir, onlyDomains }));
  expect([...channels.keys()]).toEqual(["mail", "webhook", "file"]);
  const mail = channels.get("mail")!;
  onTestFinished(() => mail.close());
  expect(await mail.deliver(outbound(), never)).toMatchObject({ outcome: "delivered" });
  expect(bodies).toHaveLength(1);
  const elsewhere = outbound({ to: "a@b.example" });
  expect(await mail.deliver(elsewhere, never)).toMatchObject({ outcome: "refused" });
  const hook = outbound({ to: "https://hook.example/" });
  expect((await channels.get("webhook")!.deliver(hook, never)).outcome).not.toBe("delivered");
});

it("takes an Ed25519 key for webhooks, and tells nothing of what else is in a file", async () => {
  const { file } = folder();
  const pem = (type: "ed25519" | "x25519") => {
    const pair =
      type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519");
    return String(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  };
  const open = (webhookKeyFile: string) => openChannels(alerting({ signing: { webhookKeyFile } }));
  await open(file("right.pem", pem("ed25519")));
  for (const wrong of [file("wrong.pem", pem("x25519")), file("no.pem", "a secret")]) {
    const refused = open(wrong);
    await expect(refused).rejects.toMatchObject({ code: "config-invalid" });
    await expect(refused).rejects.not.toThrow(/a secret/);
  }
});

it("makes the secret once, for its owner only, and refuses a short one", async () => {
  const { dir, file } = folder();
  const secretFile = join(dir, "alerting.secret");
  await makeAlertingSecret(secretFile);
  expect(statSync(secretFile).mode & 0o777).toBe(0o600);
  const first = (await openReplyAddresses(alerting({ secretFile }))).addressOf("A-1");
  await makeAlertingSecret(secretFile);
  expect((await openReplyAddresses(alerting({ secretFile }))).addressOf("A-1")).toBe(first);
  const { mailbox, reader } = await openMailbox(alerting({ secretFile }));
  expect([mailbox, reader.alertOfAddress(first)]).toEqual([undefined, "A-1"]);
  const short = alerting({ secretFile: file("short", "x".repeat(31)) });
  await expect(openReplyAddresses(short)).rejects.toMatchObject({ code: "config-invalid" });
  const long = alerting({ secretFile }, { replyTo: `${"a".repeat(40)}@cert.example` });
  await expect(openReplyAddresses(long)).rejects.toThrow(/too long/);
});
