import { stringify } from "yaml";
import type { Config } from "./config.ts";

/** The values that `tocsin init` knows. */
export type FirstConfig = Pick<Config, "home" | "allowReserved" | "sectorLists" | "language">;

/** The commented text of a new `tocsin.yaml`. */
export function renderConfig(values: FirstConfig): string {
  const { home, allowReserved, sectorLists, language } = values;
  return `# Configuration of Tocsin. Relative paths count from the folder of this file.
# A key that is left out has its default; an unknown key is a mistake.

# The countries and regions that are home (ISO 3166-1, two letters). Everything else is abroad.
${yaml({ home })}
# Where addresses are. Empty: the table that "tocsin location import" took, else the starter table,
# which is frozen and rough. RIR statistics, CSV ranges, RouteViews dumps and MMDB files are read.
location:
  countryTables: []
  asnTables: []

# Reserved networks that count nevertheless. Only a replay or a laboratory needs this.
${yaml({ allowReserved })}
# CSV lists of your hosts with their sector: columns host and sector. They win over the suffix lists.
${yaml({ sectorLists })}
# Lists of networks that are set aside and counted apart, one CIDR a line.
warningLists: []

# What is known of a feed besides its files.
# feeds:
#   sinkhole:
#     format: shadowserver
#     tlp: amber
#     expectEveryDays: 2
#     priority: P1
#     schedule: { cron: "15 * * * *", timeZone: UTC }
#     from: { way: shadowserver, keyFile: secrets/api-key, secretFile: secrets/api-secret }
feeds: {}

# How your own CSV files are read. victim is the affected side, origin the controlling one.
# csvMappings:
#   - name: my-honeypot
#     columns: { time: seen, victim: sensor_ip, origin: src_ip, family: malware }
#     kind: brute-force
#     tlp: amber
#     timeZone: "+08:00"
csvMappings: []

# How alerts are written, sent and answered. Left out: alerts stay drafts, and nothing leaves. Besides this it takes
# rules in force ("tocsin rules dry-run", then "tocsin rules activate"), and contacts that a person has verified.
# alerting:
#   team:
#     name: Example CERT
#     # nameZh: the name in Chinese
#     ticketPrefix: TC
#     from: soc@cert.example
#     # Answers come to answers+NUMBER@cert.example: the server must take addresses with a plus.
#     replyTo: answers@cert.example
#     phone: "+47 00 00 00 00"
#   # Mail to other domains does not leave: for trials. Take the line out when you mean it.
#   onlyDomains: [cert.example]
#   # Our own networks: never alerted as if they were somebody else's.
#   ownNetworks: []
#   # Passwords stand in files of their own.
#   smtp: { host: mail.cert.example, port: 587, security: starttls, user: tocsin, passwordFile: secrets/smtp }
#   answers: { host: mail.cert.example, port: 993, user: answers, passwordFile: secrets/imap }
#   # "tocsin key new" makes it.
#   signing: { openpgpKeyFile: openpgp-key.asc }
#   # From this marking on, and for a first contact, two people say yes.
#   fourEyesFrom: amber

# Language of the program's output: en or zh. Left out: the terminal's.
${language === undefined ? "# language: zh\n" : yaml({ language })}`;
}

/** The lines of `tocsin.yaml` that name our key. */
export function renderSigning(signing: {
  readonly openpgpKeyFile: string;
  readonly openpgpPassphraseFile?: string;
}): string {
  return stringify({ alerting: { signing } }, { lineWidth: 0 });
}

function yaml(value: object): string {
  // Width 0: in one line, however long. The braces of a folded text do not come off.
  return stringify(value, {
    flowCollectionPadding: false,
    collectionStyle: "flow",
    lineWidth: 0,
  }).replace(/^\{(.*)\}\n$/s, "$1\n");
}
