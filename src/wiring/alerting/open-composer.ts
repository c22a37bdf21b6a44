import type { KeyObject } from "node:crypto";
import type { Composer } from "../../app/case-ports.ts";
import { makeComposer, type Sight } from "../../app/message/index.ts";
import type { Alerting } from "../../config/index.ts";
import { itemCsv } from "../../exchange/item-csv/index.ts";
import { itemStix } from "../../exchange/stix/index.ts";
import { makeItemXarf } from "../../exchange/xarf/index.ts";
import { makeWordsmith } from "../../report/alert/index.ts";
import {
  makeMailEnvelope,
  makeOpenPgp,
  makeSmime,
  openSmimeSigner,
} from "../../send/mail/index.ts";
import { makeDocumentEnvelope } from "../../send/shared/document.ts";
import { readSecret, readText } from "../collect/secrets.ts";
import { openOurKey } from "./our-key.ts";

/**
 * The composer as it is configured. `secret` is that of `secretFile`, from which reply addresses and Message-IDs are made; paths are as
 * the configuration gives them.
 */
export async function openComposer(
  { team, signing }: Pick<Alerting, "team" | "signing">,
  secret: KeyObject,
  sight: Sight,
): Promise<Composer> {
  const { name, from, replyTo, phone, website } = team;
  const document = makeDocumentEnvelope(secret);
  return makeComposer({
    sight,
    wordsmith: makeWordsmith({
      name,
      nameIn: team.nameZh === undefined ? {} : { zh: team.nameZh },
      phone,
      website: website ?? "",
    }),
    // In the order in which they are given room: a table has everything.
    writers: [itemCsv, makeItemXarf({ name, mail: from }), itemStix],
    envelopes: {
      mail: makeMailEnvelope({
        name,
        from,
        replyTo,
        secret,
        protections: await openProtections(signing),
      }),
      webhook: document,
      file: document,
    },
  });
}

async function openProtections(signing: Alerting["signing"]) {
  return {
    openpgp: makeOpenPgp((await openOurKey(signing)) ?? null),
    smime: await openSmime(signing),
  };
}

async function openSmime({ smimeKeyFile, smimeCertificateFile }: Alerting["signing"]) {
  if (smimeKeyFile === undefined || smimeCertificateFile === undefined) return makeSmime(null);
  const certificates = await readText(smimeCertificateFile);
  return makeSmime(openSmimeSigner(await readSecret(smimeKeyFile), certificates));
}
