import { z } from "zod";

/** `tocsin key new --json` */
export const KeyNewAnswer = z.strictObject({
  fingerprint: z.string().regex(/^[0-9A-F]{40}$/),
  keyFile: z.string().describe("the private key; its owner alone can read it"),
  publicKeyFile: z.string(),
  revocationFile: z.string().describe("to be kept apart from the key"),
  config: z
    .strictObject({
      alerting: z.strictObject({
        signing: z.strictObject({
          openpgpKeyFile: z.string(),
          openpgpPassphraseFile: z.string().exactOptional(),
        }),
      }),
    })
    .describe("what tocsin.yaml must say so that messages are signed with it"),
});
