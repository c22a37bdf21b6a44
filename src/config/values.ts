import { z } from "zod";
import { addressFromText } from "../core/network/index.ts";
import { tlpLevels } from "../core/marking/index.ts";
import { allKinds } from "../core/taxonomy/index.ts";
import { isCountry } from "./countries.ts";

/** A path; relative ones count from the folder of the configuration file. */
export const Path = z.string().min(1);

/** A URL of the web. */
export const WebAddress = z.string().refine(isWebAddress, {
  error: "is no http or https address, or has a user and password in it",
});

/** A host name or an address. */
export const HostName = z.string().regex(/^[A-Za-z0-9._:-]+$/, { error: "is no host name" });

/** A host name or an address, in which `*` stands for a part. */
export const HostPattern = z.string().regex(/^[A-Za-z0-9._:*-]+$/, { error: "is no host name" });

/** Two letters of ISO 3166-1; small letters are taken. */
export const Country = z
  .string()
  .transform((text) => text.toUpperCase())
  .refine(isCountry, { error: "is no ISO 3166-1 code of two letters, such as CN" });

/** A network such as `240.0.0.0/4`. */
export const Cidr = z.string().refine(isCidr, { error: "is no network such as 240.0.0.0/4" });

/** A TLP 2.0 label; `white`, the word of TLP 1, is taken as `clear`. */
export const TlpLabel = z.preprocess(
  (word) => (word === "white" ? "clear" : word),
  z.enum(tlpLevels),
);

/** A kind of the taxonomy. */
export const KindName = z.enum(allKinds as [(typeof allKinds)[number]]);

/** The name of a feed or mapping: it stands in file names, options and labels. */
export const Name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, {
  error: "must be small letters, digits and . _ - and begin with a letter or digit",
});

/** Whether a word may be the name of a feed. */
export function isFeedName(word: string): boolean {
  return Name.safeParse(word).success;
}

function isCidr(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  const words = addressFromText(address);
  if (words === undefined || rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  return Number(bits) <= (address.includes(":") ? 128 : 32);
}

/** Credentials stand in files, so that a URL can be shown. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}
