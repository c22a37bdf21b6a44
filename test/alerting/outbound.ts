// Messages for the tests of channels.
import { createHash } from "node:crypto";
import type { OutboundMessage } from "../../src/app/case-ports.ts";

/** A message that is ready to go; what matters to a test is given. */
export function outbound(what: Partial<OutboundMessage> = {}): OutboundMessage {
  const number = what.deliveryKey ?? "A-20130531-000001/alert-1";
  const messageId = `<${number.replace("/", ".")}@cert.example>`;
  const bytes =
    what.bytes ??
    Buffer.from(
      `Message-ID: ${messageId}\r\nFrom: cert@cert.example\r\nTo: abuse@isp.example\r\n` +
        `Subject: [TC-20130531-000001-4] A host of yours\r\n\r\n.A line with a dot\r\nThe end\r\n`,
    );
  return {
    deliveryKey: number,
    alert: "A-20130531-000001",
    message: "alert",
    channel: "mail",
    institution: "as-64500",
    contact: "as-64500-abuse",
    to: "abuse@isp.example",
    messageId,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    tlp: "green",
    priority: "P1",
    reason: "rule default/1",
    notBefore: "2013-05-31T08:00:00.000Z",
    queuedAt: "2013-05-31T08:00:00.000Z",
    state: { at: "queued" },
    attempts: 0,
    ...what,
    bytes,
  };
}
