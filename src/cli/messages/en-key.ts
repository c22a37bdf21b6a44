/** Words of `tocsin key`. */
export const key = {
  make: "make an OpenPGP key that messages are signed with",
  name: "whose it is; else alerting.team.name of tocsin.yaml",
  mail: "the address that messages come from; else alerting.team.from",
  out: "file for the private key; else openpgp-key.asc in the data directory",
  passphraseFile: "file with a passphrase that locks the private key",
  whose: "say whose key it is: --name and --mail, or alerting.team in tocsin.yaml",
  badName: (name: string) => `--name: no name of one line without < and >: ${name}`,
  badMail: (mail: string) => `--mail: no mail address: ${mail}`,
  noDataDir: (dir: string) => `${dir} has no tocsin.yaml: say where the key goes with --out`,
  fingerprint: (text: string) => `Fingerprint: ${text}`,
  publicKey: (path: string) => `Public key, to be published: ${path}`,
  privateKey: (path: string) => `Private key, for this machine only: ${path}`,
  revocation: (path: string) =>
    `Revocation, to be kept elsewhere for the day on which the key is lost: ${path}`,
  noPassphrase: "The private key has no passphrase: its file's mode is all that guards it.",
  lines: "Messages are signed with it once tocsin.yaml says:",
};
