import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { renderSigning } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { configFileOf, shortPath } from "../set-up.ts";
import type { Workbench } from "../workbench.ts";

/** Where the key goes unless something else is said. */
const KEY_FILE = "openpgp-key.asc";
/** What can stand in a user id beside the address: one line, no angle brackets. */
const NAME = /^[^\p{C}<>]+$/u;
const MAIL = /^[^\p{C}\p{Z}@<>\\]+@[^\p{C}\p{Z}@<>\\]+[^\p{C}\p{Z}\p{P}]$/u;

interface Flags {
  readonly name?: string;
  readonly mail?: string;
  readonly out?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** `tocsin key new` */
export function keyCommand(host: CommandHost): Command {
  const t = host.words.key;
  return host
    .command("key", host.words.commands.key)
    .addCommand(
      host
        .command("new", t.make)
        .option("--name <name>", t.name)
        .option("--mail <address>", t.mail)
        .option("--out <file>", t.out)
        .option("--passphrase-file <file>", t.passphraseFile)
        .addOption(host.jsonOption())
        .action(host.act<Flags>(makeNew)),
    );
}

async function makeNew(session: Session, flags: Flags): Promise<number> {
  const bench = await session.open();
  const passphraseFile = flags.passphraseFile && resolve(flags.passphraseFile);
  const made = await bench.makeKey({
    ...ownerOf(session, bench, flags),
    out: outOf(session, bench, flags),
    ...(passphraseFile && { passphraseFile }),
  });
  const folder = dirname(configFileOf(session, bench.dataDir));
  const signing = {
    openpgpKeyFile: shortPath(folder, made.keyFile),
    ...(passphraseFile && { openpgpPassphraseFile: shortPath(folder, passphraseFile) }),
  };
  const { printer, words } = session;
  const t = words.key;
  if (flags.json) {
    printer.json({ ...made, config: { alerting: { signing } } });
    return exitCodes.ok;
  }
  printer.line(t.fingerprint(made.fingerprint.replaceAll(/(.{4})(?=.)/g, "$1 ")));
  printer.line(t.publicKey(made.publicKeyFile));
  printer.line(t.privateKey(made.keyFile));
  printer.line(t.revocation(made.revocationFile));
  if (!passphraseFile) printer.remark(t.noPassphrase);
  printer.line(t.lines);
  printer.line("");
  printer.line(renderSigning(signing).trimEnd());
  return exitCodes.ok;
}

/** As the options say, else the team of the configuration. */
function ownerOf({ words }: Session, { config }: Workbench, { name, mail }: Flags) {
  const team = config.alerting?.team;
  const owner = { name: (name ?? team?.name ?? "").trim(), mail: mail ?? team?.from ?? "" };
  const t = words.key;
  if (owner.name === "" || owner.mail === "") throw new Fault("usage", t.whose);
  if (!NAME.test(owner.name)) throw new Fault("usage", t.badName(owner.name));
  if (!MAIL.test(owner.mail)) throw new Fault("usage", t.badMail(owner.mail));
  return owner;
}

function outOf(session: Session, { config, dataDir }: Workbench, { out }: Flags): string {
  if (out !== undefined) return resolve(out);
  if (config.home.length > 0) return join(dataDir, KEY_FILE);
  throw new Fault("not-initialised", session.words.key.noDataDir(dataDir));
}
