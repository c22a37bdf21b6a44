import type { DeliveryReport } from "./delivery-report.ts";

/** The parts of a mail by which a bounce that is no proper report is known. */
export interface BounceSigns {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly references: readonly string[];
}

const DAEMON = /^(mailer-?daemon|mail-?daemon|postmaster|mdaemon|mail delivery (sub)?system)(@|$)/i;

/** How the programs begin or name what they send back: qmail, Exim, Exchange, Domino, Postfix, and Chinese mail services. */
const SENT_BACK = [
  /^Hi\. This is the .{0,40}(qmail|deliver)/im,
  /This message was created automatically by mail delivery software/i,
  /did not reach (some or all of )?the (intended|following) recipients?/i,
  /(could not|couldn't|cannot|can't|unable to) (be )?deliver/i,
  /(delivery|mail delivery) (has )?failed|undeliverable|returned mail|delivery status notification|failure notice|nondeliverable/i,
  /permanent(ly)? (fatal )?error|user unknown|mailbox (is )?(full|unavailable)/i,
  /(退信|投递失败|无法投递|发送失败|系统退信|无法送达)/,
  /(unzustellbar|nicht zugestellt|non remis|no se pudo entregar|no se ha podido entregar)/i,
];
const DELAYED =
  /(delayed|delay(ed)? \d+ hours|still being retried|will be retried|will keep trying|not yet been delivered|warning: could not send|延迟|verzögert)/i;
/** A bounce that says "this is only a warning" is one. */
const GIVEN_UP = /(giving up|permanent error|i've given up|failed permanently|永久)/i;

/** Reads a bounce in a mail server's own words; `undefined` if it is none. Only a server's own sender, or none at all, sends bounces. */
export function oldBounceIn(mail: BounceSigns): DeliveryReport | undefined {
  const { from, subject, text, headers, references } = mail;
  const failed = headers.has("x-failed-recipients");
  const fromServer = DAEMON.test(from) || headers.get("return-path") === "<>" || from === "";
  const words = `${subject}\n${text.slice(0, 20_000)}`;
  if (!failed && !(fromServer && SENT_BACK.some((sign) => sign.test(words)))) {
    if (!(fromServer && DELAYED.test(words))) return undefined;
  }
  const delayed = DELAYED.test(words) && !GIVEN_UP.test(words);
  const said = statusIn(ownPart(text));
  return {
    class: delayed ? "delivery-delay" : "delivery-failure",
    about: {
      messageId: idIn(text) ?? references.at(-1) ?? "",
      status: said.status,
      reason: said.line || subject.slice(0, 300),
    },
  };
}

/** The Message-ID in the copy of our message, which such bounces have in their text. */
function idIn(text: string): string | undefined {
  return /^[ \t>]*Message-ID:[ \t]*(?:\r?\n[ \t>]+)?(<[^<>\s]{3,250}>)/im.exec(text)?.[1];
}

/** What the server wrote itself, above the copy. */
function ownPart(text: string): string {
  const copy =
    /^-{2,} ?(Below this line|This is a copy|Original message|Message headers)|^[ \t>]*(Return-Path|Received): /im.exec(
      text,
    );
  return text.slice(0, copy?.index ?? 5_000);
}

/** The line that has a status code, and the code. */
function statusIn(text: string): { status: string; line: string } {
  for (const line of text.split(/\r?\n/)) {
    const enhanced = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(line)?.[1];
    const plain = /(?:^|[\s:(])([45]\d\d)[ -]/.exec(line)?.[1];
    if (enhanced === undefined && plain === undefined) continue;
    return { status: enhanced ?? `${plain![0]}.0.0`, line: line.trim().slice(0, 300) };
  }
  return { status: "", line: "" };
}
