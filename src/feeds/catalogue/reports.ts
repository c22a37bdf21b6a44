/** Reports that a CSIRT gets as its own: by membership, agreement or its own machines. */
import type { CatalogueEntry } from "../../app/ports.ts";
import { entry, list } from "./entry.ts";

const own = (provider: string, observes: readonly string[], confidence: number) => ({
  provider,
  licence: "by agreement with the provider",
  confidence,
  observes,
  sharing: "concerned",
});

export const reports: readonly CatalogueEntry[] = [
  entry({
    name: "shadowserver",
    title: "Shadowserver: all daily reports on networks of home, by the reports API",
    documentation:
      "The Shadowserver Foundation, the pages on subscribing to reports and on the reports API",
    needs: [
      { key: "from.keyFile", says: "a file with the API key" },
      { key: "from.secretFile", says: "a file with the API secret" },
    ],
    format: "shadowserver",
    tlp: "amber",
    about: own("The Shadowserver Foundation", ["sinkhole", "honeypot", "scan", "sandbox"], 90),
    more: {
      priority: "P1",
      keepDays: 30,
      splitByType: true,
      schedule: { cron: "15 */4 * * *", timeZone: "UTC" },
    },
    from: {
      way: "shadowserver",
      keyFile: "secrets/shadowserver-key",
      secretFile: "secrets/shadowserver-secret",
    },
  }),
  entry({
    name: "shadowserver-mail",
    title: "Shadowserver: the same reports by mail, attached or behind links",
    documentation: "The Shadowserver Foundation, the page on receiving reports by mail",
    needs: [
      { key: "from.host", says: "your mail server" },
      { key: "from.user", says: "the mailbox that the reports go to" },
      { key: "from.passwordFile", says: "a file with its password" },
      {
        key: "from.authserv",
        says: "the name that your mail server has in Authentication-Results",
      },
    ],
    format: "shadowserver",
    tlp: "amber",
    about: own("The Shadowserver Foundation", ["sinkhole", "honeypot", "scan", "sandbox"], 90),
    everyHours: 1,
    more: { priority: "P1", keepDays: 30, splitByType: true },
    from: {
      way: "imap",
      host: "mail.example",
      user: "feeds",
      passwordFile: "secrets/mail",
      senders: ["*@shadowserver.org"],
      authserv: ["mail.example"],
      requireDkim: true,
      links: ["dl.shadowserver.org"],
    },
  }),
  entry({
    name: "cymru-cap",
    title: "Team Cymru CSIRT Assistance Program: hosts of the country by category, daily",
    documentation: "Team Cymru, the page of the CSIRT Assistance Program; access after enrolment",
    needs: [
      { key: "from.url", says: "the address that Team Cymru gave you" },
      { key: "from.auth.user", says: "your user name" },
      { key: "from.auth.passwordFile", says: "a file with its password" },
    ],
    format: "cymru",
    tlp: "amber",
    about: own("Team Cymru", ["sinkhole", "darknet", "honeypot"], 80),
    more: { expectEveryDays: 1 },
    everyHours: 6,
    from: list("https://cymru.example/infected_{yyyy}{mm}{dd}.txt", {
      daysBack: 1,
      auth: { user: "cert", passwordFile: "secrets/cymru" },
    }),
  }),
  entry({
    name: "spamhaus-cert",
    title: "Spamhaus CERT Insight Portal: bots of the country, hourly",
    documentation:
      "Spamhaus, the page for CSIRTs and ISPs; the portal gives an address of your own",
    needs: [{ key: "from.url", says: "the address that the portal gave you" }],
    format: "spamhaus",
    tlp: "amber",
    about: own("The Spamhaus Project", ["sinkhole", "spamtrap"], 85),
    everyHours: 1,
    from: list("https://portal.example/feed"),
  }),
  entry({
    name: "microsoft-ctip",
    title: "Microsoft CTIP: bots of the country at Microsoft's sinkholes",
    documentation: "Microsoft Digital Crimes Unit, the Cyber Threat Intelligence Program",
    needs: [
      { key: "from.url", says: "the address of your container, with its signature" },
      { key: "from.fileName", says: "a name, if the address does not end in one" },
    ],
    format: "microsoft",
    tlp: "amber",
    about: own("Microsoft Digital Crimes Unit", ["sinkhole"], 95),
    everyHours: 1,
    from: list("https://storage.example/ctip/{yyyy}-{mm}-{dd}.json", { fileName: "ctip.json" }),
  }),
  entry({
    name: "anubisnetworks",
    title: "AnubisNetworks Cyberfeed: bots at sinkholes, JSON",
    documentation: "Bitsight (AnubisNetworks), the documentation of Cyberfeed",
    needs: [
      { key: "from.url", says: "the address of your stream" },
      { key: "from.auth.tokenFile", says: "a file with the key" },
    ],
    format: "anubisnetworks",
    tlp: "amber",
    about: own("Bitsight (AnubisNetworks)", ["sinkhole"], 85),
    everyHours: 1,
    from: list("https://cyberfeed.example/stream", { auth: { tokenFile: "secrets/anubis" } }),
  }),
  entry({
    name: "abuse-mail",
    title: "Abuse reports by mail: ARF, X-ARF, XARF",
    documentation: "RFC 5965, and the specification of XARF",
    needs: [
      { key: "from.host", says: "your mail server" },
      { key: "from.user", says: "the mailbox of abuse reports" },
      { key: "from.passwordFile", says: "a file with its password" },
    ],
    format: "auto",
    tlp: "amber",
    about: own("whoever reports", ["report"], 50),
    more: { priority: "P2", splitByType: true },
    everyHours: 1,
    from: {
      way: "imap",
      host: "mail.example",
      user: "abuse",
      passwordFile: "secrets/abuse-mail",
      attachments: [],
      whole: true,
    },
  }),
  entry({
    name: "suricata",
    title: "Alerts of your own Suricata sensors, EVE JSON over syslog",
    documentation: "Suricata, the chapter on EVE JSON output, filetype syslog",
    needs: [
      { key: "from.port", says: "a free port" },
      { key: "from.senders", says: "the networks of the sensors" },
    ],
    format: "suricata",
    tlp: "amber",
    about: own("ourselves", ["sensor"], 60),
    more: { priority: "P2" },
    from: { way: "syslog", port: 5514, transport: "tcp", senders: ["192.0.2.0/24"] },
  }),
];
