import type { Alerting } from "../../config/index.ts";
import { openSigningKey } from "../../send/mail/index.ts";
import { readSecret } from "../collect/secrets.ts";

/** Our OpenPGP key, with which we sign and others encrypt to us; `undefined` if none is set up. */
export async function openOurKey({
  openpgpKeyFile,
  openpgpPassphraseFile,
}: Alerting["signing"]): Promise<Awaited<ReturnType<typeof openSigningKey>> | undefined> {
  if (openpgpKeyFile === undefined) return undefined;
  const passphrase =
    openpgpPassphraseFile === undefined ? undefined : await readSecret(openpgpPassphraseFile);
  return openSigningKey(await readSecret(openpgpKeyFile), passphrase);
}
