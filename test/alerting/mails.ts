// Mails as others send them, made by hand after the documentation of their programs.

/** The mail that all of them are about. */
export const OUR_ID = "<k3v9.a-20130531-000001@cert.example>";

const lines = (...all: string[]): string => all.join("\r\n");

/** An answer; header fields are added or replaced. */
export function answer(text: string, headers: Record<string, string> = {}): string {
  const fields = {
    From: "Abuse Desk <abuse@hosting.example>",
    To: "cert@cert.example",
    Subject: "Re: [TC-20130531-000001-7] A host of yours",
    "Message-ID": "<4711@hosting.example>",
    "In-Reply-To": OUR_ID,
    Date: "Fri, 31 May 2013 09:00:00 +0000",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    ...headers,
  };
  const head = Object.entries(fields)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`);
  return lines(...head, "", text, "");
}

/** A report in parts (RFC 6522), with the fields of its second part. */
export function report(
  fields: readonly string[],
  over: { human?: string; returned?: string[]; from?: string; type?: string } = {},
): string {
  const returned = over.returned ?? [
    "Content-Type: text/rfc822-headers",
    "",
    "Received: from cert.example by mx.isp.example",
    "From: cert@cert.example",
    `Message-ID: ${OUR_ID}`,
    "Subject: [TC-20130531-000001-7] A host of yours",
  ];
  return lines(
    "Return-Path: <>",
    `From: ${over.from ?? "MAILER-DAEMON@mx.isp.example (Mail Delivery System)"}`,
    "To: cert@cert.example",
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "Message-ID: <20130531.9@mx.isp.example>",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="9B095B5.1/mx"',
    "MIME-Version: 1.0",
    "",
    "This is a MIME-encapsulated message.",
    "",
    "--9B095B5.1/mx",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    over.human ?? "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--9B095B5.1/mx",
    `Content-Type: ${over.type ?? "message/delivery-status"}`,
    "",
    ...fields,
    "",
    "--9B095B5.1/mx",
    ...returned,
    "",
    "--9B095B5.1/mx--",
    "",
  );
}

/** By program: the mail, and what it says. */
export const BOUNCES: Record<string, readonly [mail: string, status: string, reason: RegExp]> = {
  "Postfix, user unknown": [
    report([
      "Reporting-MTA: dns; mx.isp.example",
      "X-Postfix-Queue-ID: 9B095B5",
      "Arrival-Date: Fri, 31 May 2013 08:00:00 +0000 (UTC)",
      "",
      "Final-Recipient: rfc822; abuse@isp.example",
      "Original-Recipient: rfc822;abuse@isp.example",
      "Action: failed",
      "Status: 5.1.1",
      "Remote-MTA: dns; mail.isp.example",
      "Diagnostic-Code: smtp; 550 5.1.1 <abuse@isp.example>: Recipient address",
      "    rejected: User unknown",
    ]),
    "5.1.1",
    /abuse@isp\.example 5\.1\.1 550 .*rejected: User unknown/,
  ],
  "Exchange Online, with the message itself returned": [
    report(
      [
        "Reporting-MTA: dns;AM0PR01.prod.outlook.example",
        "Received-From-MTA: dns;mx.cert.example",
        "",
        "Final-Recipient: rfc822;abuse@isp.example",
        "Action: failed",
        "Status: 5.1.10",
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
      ],
      {
        from: "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@isp.example>",
        returned: [
          "Content-Type: message/rfc822",
          "",
          "From: cert@cert.example",
          `message-id:`,
          ` ${OUR_ID}`,
          "",
          "Dear colleagues",
        ],
      },
    ),
    "5.1.10",
    /RecipientNotFound/,
  ],
  "Sendmail, with nothing returned but the envelope's id": [
    report(
      [
        "Original-Envelope-Id: k3v9.a-20130531-000001@cert.example",
        "Reporting-MTA: dns; mx.isp.example",
        "",
        "Final-Recipient: RFC822; abuse@isp.example",
        "Action: failed",
        "Status: 5.2.2",
        "Diagnostic-Code: SMTP; 552 5.2.2 Mailbox full",
      ],
      { returned: ["Content-Type: text/plain", "", "(message not returned)"] },
    ),
    "5.2.2",
    /Mailbox full/,
  ],
  "a report of an international address (RFC 6533)": [
    report(
      [
        "Reporting-MTA: dns; mx.isp.example",
        "",
        "Final-Recipient: utf-8; missbrauch@isp.example",
        "Action: failed",
        "Status: 5.1.1",
      ],
      { type: "message/global-delivery-status" },
    ),
    "5.1.1",
    /missbrauch@isp\.example/,
  ],
  "a report without an action": [
    report([
      "Reporting-MTA: dns; x",
      "",
      "Final-Recipient: rfc822; a@isp.example",
      "Status: 5.7.1",
    ]),
    "5.7.1",
    /a@isp\.example/,
  ],
  "Exim 4.96, as a report": [
    report(
      [
        "Reporting-MTA: dns; mx.isp.example",
        "Original-Envelope-ID: k3v9.a-20130531-000001@cert.example",
        "",
        "Original-Recipient: rfc822;abuse@isp.example",
        "Action: failed",
        "Final-Recipient: rfc822;abuse@isp.example",
        "Status: 5.0.0",
      ],
      {
        from: "Mail Delivery System <Mailer-Daemon@mx.isp.example>",
        human:
          "The following address(es) failed:\r\n\r\n  abuse@isp.example\r\n    Unrouteable address",
      },
    ),
    "5.0.0",
    /^abuse@isp\.example 5\.0\.0 Unrouteable address$/,
  ],
  "Exim, in its own words": [
    lines(
      "Return-path: <>",
      "X-Failed-Recipients: abuse@isp.example",
      "Auto-Submitted: auto-replied",
      "From: Mail Delivery System <Mailer-Daemon@mx.isp.example>",
      "To: cert@cert.example",
      "Subject: Mail delivery failed: returning message to sender",
      "Message-Id: <E1UiKxx-0001@mx.isp.example>",
      "",
      "This message was created automatically by mail delivery software.",
      "",
      "A message that you sent could not be delivered to one or more of its",
      "recipients. This is a permanent error. The following address(es) failed:",
      "",
      "  abuse@isp.example",
      "    SMTP error from remote mail server after RCPT TO:<abuse@isp.example>:",
      "    host mail.isp.example [192.0.2.25]: 550 5.1.1 No such user here",
      "",
      "------ This is a copy of the message, including all the headers. ------",
      "",
      "From: cert@cert.example",
      `Message-ID: ${OUR_ID}`,
      "",
      "Status 2.0.0 of our text",
      "",
    ),
    "5.1.1",
    /No such user here/,
  ],
  "qmail, in its own words": [
    lines(
      "Return-Path: <>",
      "From: MAILER-DAEMON@mx.isp.example",
      "To: cert@cert.example",
      "Subject: failure notice",
      "",
      "Hi. This is the qmail-send program at mx.isp.example.",
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "This is a permanent error; I've given up. Sorry it didn't work out.",
      "",
      "<abuse@isp.example>:",
      "Sorry, no mailbox here by that name. (#5.1.1)",
      "",
      "--- Below this line is a copy of the message.",
      "",
      "Return-Path: <cert@cert.example>",
      `Message-ID: ${OUR_ID}`,
      "",
    ),
    "5.1.1",
    /no mailbox here/,
  ],
  "Exchange 2003, in its own words": [
    lines(
      "From: System Administrator <postmaster@isp.example>",
      "To: cert@cert.example",
      "Subject: Undeliverable: [TC-20130531-000001-7] A host of yours",
      `In-Reply-To: ${OUR_ID}`,
      "",
      "Your message did not reach some or all of the intended recipients.",
      "",
      "The following recipient(s) could not be reached:",
      "  abuse@isp.example on 31/05/2013 08:00",
      "    The e-mail account does not exist at the organization. <mx.isp.example #5.1.1>",
      "",
    ),
    "5.1.1",
    /does not exist/,
  ],
  "a Chinese mail service, in its own words": [
    lines(
      "From: postmaster@mail.example",
      "To: cert@cert.example",
      "Subject: =?UTF-8?B?57O757uf6YCA5L+h?=",
      "Content-Type: text/plain; charset=utf-8",
      `References: ${OUR_ID}`,
      "",
      "抱歉，您的邮件被退回来了。",
      "收件人邮箱不存在: 550 User not found: abuse@isp.example",
      "",
    ),
    "5.0.0",
    /550 User not found/,
  ],
};
