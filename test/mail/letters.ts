import { createSecretKey } from "node:crypto";
import type { Letter } from "../../src/app/case-ports.ts";
import type { Contact, ContactKey } from "../../src/core/institution/index.ts";
import {
  makeMailEnvelope,
  makeOpenPgp,
  makeSmime,
  openSigningKey,
  type openSmimeSigner,
} from "../../src/send/mail/index.ts";
import type { Secret } from "../../src/core/secret.ts";
import { statement } from "../golden/statements.ts";

/** Somebody who may be written to. */
export function contactWith(key: ContactKey | null): Contact {
  return {
    id: "national-csirt-us-1",
    institution: "national-csirt-us",
    role: "csirt",
    channel: "mail",
    address: "soc@csirt.example",
    order: 0,
    language: "en",
    key,
    hours: null,
    status: "official",
    verified: null,
    expires: null,
    provenance: { source: "manual", manual: true, importedAt: "2013-01-01T00:00:00.000Z" },
  };
}

/** A letter with a text that mail systems like to change, and a file. */
export function letterTo(contact: Contact, change: Partial<Letter> = {}): Letter {
  return {
    statement,
    wording: {
      subject: "[TC-20130531-000042-7] TLP:GREEN C2 server (zeus): 192.0.2[.]7 / 控制服务器",
      outerSubject: "[TC-20130531-000042-7] TLP:GREEN Security incident",
      text: "TLP:GREEN\n\nFrom here a line that ends with a blank \n.\n..\n-- \n控制服务器 = é\n\nTLP:GREEN\n",
    },
    attachments: [
      {
        name: "TC-20130531-000042-7-1.csv",
        type: "text/csv; charset=utf-8",
        text: "\ufeffa,b\r\n1,控制\r\n",
      },
    ],
    deliveryKey: "A-20130531-000042/alert-1",
    contact,
    thread: [],
    sealed: false,
    ...change,
  };
}

/** An envelope of an example team that signs with a key, if one is given. */
export async function envelopeOf(
  privateKey: Secret | null,
  smime: ReturnType<typeof openSmimeSigner> | null = null,
) {
  return makeMailEnvelope({
    name: "Example CERT, 示例",
    from: "alerts@cert.example",
    replyTo: "answers@cert.example",
    secret: createSecretKey(Buffer.alloc(32, 7)),
    protections: {
      openpgp: makeOpenPgp(privateKey === null ? null : await openSigningKey(privateKey)),
      smime: makeSmime(smime),
    },
  });
}

/** The parts of a mail's outermost multipart, as their exact bytes. */
export function partsOf(mail: Uint8Array): Buffer[] {
  const text = Buffer.from(mail).toString("latin1");
  const [, boundary = ""] = /boundary="([^"]+)"/.exec(text) ?? [];
  const pieces = text.split(new RegExp(`(?:^|\\r\\n)--${boundary}(?:--)?\\r\\n`));
  return pieces.slice(1, -1).map((piece) => Buffer.from(piece, "latin1"));
}

/** The body of an entity. */
export function bodyOf(entity: Buffer): Buffer {
  return entity.subarray(entity.indexOf("\r\n\r\n") + 4);
}
