import { join } from "node:path";
import type { ContactsFormat } from "../../app/case-ports.ts";
import type { ContactSources } from "../../cli/index.ts";
import { Fault, isFault } from "../../core/fault.ts";
import { csirtContacts } from "../../enrich/contacts-csirts/index.ts";
import { csvContacts } from "../../enrich/contacts-csv/index.ts";
import { firstContacts } from "../../enrich/contacts-first/index.ts";
import {
  IANA_BOOTSTRAP,
  RdapClient,
  rdapContacts,
  readRdap,
} from "../../enrich/contacts-rdap/index.ts";
import { rpslContacts } from "../../enrich/contacts-rpsl/index.ts";
import { fetchSecurityTxt, securityTxtContacts } from "../../enrich/contacts-security-txt/index.ts";
import { trustedIntroducerContacts } from "../../enrich/contacts-ti/index.ts";
import { shippedData } from "../../enrich/shared/package-root.ts";
import { openUnpacked } from "../../enrich/shared/read-lines.ts";

const FORMATS: readonly ContactsFormat[] = [
  csvContacts,
  csirtContacts,
  firstContacts,
  trustedIntroducerContacts,
  rpslContacts,
  rdapContacts,
  securityTxtContacts,
];

/** Lists that ship with the program, by the form that they have. */
const SHIPPED: Readonly<Record<string, string>> = {
  [csirtContacts.name]: "directory/national-csirts.csv",
};

/** A registry is asked no more than once in so many milliseconds. */
const GAP_MS = 1_000;
const USER_AGENT = "tocsin";

/** What the sources take from their surroundings. */
interface ContactSourcesOptions {
  readonly dataDir: string;
  readonly now: () => Date;
}

/** Where institutions and contacts can be had: files of every form, and the network when it is asked for. */
export function openContactSources({ dataDir, now }: ContactSourcesOptions): ContactSources {
  const importedAt = (): string => now().toISOString();
  return {
    formats: () => FORMATS.map(({ name, title }) => ({ name, title })),
    read: async (name, given, { countries, source = sourceOf(name, countries) }) => {
      const format = formatOf(name);
      const files = filesOf(format, given);
      const options = { source, importedAt: importedAt(), ...(countries ? { countries } : {}) };
      const reading = await readable(files, () => format.read(bytesOf(files), options));
      return { reading, source, whole: format.whole };
    },
    askRegistry: async (text, signal) => {
      const client = new RdapClient({
        bootstrap: IANA_BOOTSTRAP,
        cacheFolder: join(dataDir, "cache", "rdap"),
        gapMs: GAP_MS,
        userAgent: USER_AGENT,
        inside: false,
        now,
        signal,
      });
      try {
        const options = { source: rdapContacts.name, importedAt: importedAt() };
        const { document, subject } = await client.look(text);
        const reading = readRdap(document, options, subject);
        return { reading, source: options.source, whole: false };
      } finally {
        await client.close();
      }
    },
    askSite: async (domain, signal) => {
      const source = securityTxtContacts.name;
      const options = { source, importedAt: importedAt(), userAgent: USER_AGENT, inside: false };
      const reading = await fetchSecurityTxt(domain, { ...options, signal });
      return { reading, source, whole: false };
    },
  };
}

/** A part of a source by country is a source of its own: it must not take the other parts out of use. */
function sourceOf(format: string, countries: readonly string[] | undefined): string {
  return countries ? `${format}:${countries.toSorted().join("+").toLowerCase()}` : format;
}

function formatOf(name: string): ContactsFormat {
  const format = FORMATS.find((it) => it.name === name);
  if (format !== undefined) return format;
  const known = FORMATS.map((it) => it.name).join(", ");
  throw new Fault("format-unknown", `no directory has the form "${name}"; known: ${known}`);
}

function filesOf({ name, several }: ContactsFormat, given: readonly string[]): readonly string[] {
  const shipped = SHIPPED[name];
  if (given.length === 0 && shipped !== undefined) return [shippedData(shipped)];
  if (given.length === 0) throw new Fault("usage", `name a file of the form ${name}`);
  if (given.length > 1 && !several) throw new Fault("usage", `${name} takes one file at a time`);
  return given;
}

/** The bytes of files, unpacked, one after the other; an empty line between two ends what the first left open. */
async function* bytesOf(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const [at, file] of files.entries()) {
    if (at > 0) yield Buffer.from("\n\n");
    yield* (await openUnpacked(file)) as AsyncIterable<Buffer>;
  }
}

async function readable<T>(files: readonly string[], read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (isFault(cause)) throw cause;
    throw new Fault("input-unreadable", `${files.join(", ")} cannot be read`, { cause });
  }
}
