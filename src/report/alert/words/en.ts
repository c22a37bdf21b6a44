import { sectorName } from "../../shared/names.ts";
import { enAdvice } from "./en-advice.ts";
import { enThemes } from "./en-themes.ts";
import type { AnswerWords, OpeningFacts, SubjectFacts, Vocabulary } from "./vocabulary.ts";

const answering: Vocabulary["answering"] = {
  findings: {
    how: "Reply to this message and leave the ticket number in the subject. Please begin your answer with one of these words:",
    words: [
      ["FIXED", "the cause is removed; we look again and tell you"],
      ["WORKING", "you are on it and need more time"],
      ["NOT OURS", "please tell us whose it is, if you know"],
    ],
  },
  closure: {
    how: "You need not answer. If you think that we are wrong, reply to this message and leave the ticket number in the subject; a person reads it.",
    words: [],
  },
  verification: {
    how: "Reply to this message from the address that we wrote to, signed with your OpenPGP or S/MIME key if you have one. Please begin your answer with one of these words:",
    words: [
      ["YES", "this is the right address for security incidents"],
      ["NO", "it is not; please tell us the right one, if you know"],
    ],
  } satisfies AnswerWords,
};

/** English. */
export const en: Vocabulary = {
  language: "en",
  name: "English",
  headings: {
    what: "What we see",
    since: "Since when",
    advice: "What to do",
    answer: "How to answer",
    list: "The list (times in UTC)",
    attached: "Attached",
  },
  labels: {
    ticket: "Ticket",
    to: "To",
    from: "From",
    answerBy: "Please answer by",
    first: "First seen",
    last: "Last seen",
    evidence: "Evidence",
    sectors: "Affected, by sector",
    own: "Affected among yours",
    pseudonyms: "Affected (pseudonyms)",
    offenders: "Connected with",
    feeds: "Seen by",
    phone: "Telephone",
    website: "Web",
  },
  colon: ": ",
  heading: (text) => text.toUpperCase(),
  tlp: {
    clear: "You may share this without limit.",
    green: "You may share this within your community, but not on public channels.",
    amber:
      "You may share this with those in your organisation and with its clients who need to know.",
    "amber+strict":
      "You may share this only within your organisation, with those who need to know.",
    red: "This is for the eyes of the recipient only; you may not share it.",
  },
  themes: enThemes,
  advice: enAdvice,
  closing: {
    "verified-clean": "We looked again, and the problem is gone.",
    "presumed-clean":
      "We have seen no sign of the problem for some time, and take it to be gone. We have not verified it.",
    "lost-sight": "We can no longer see whether the problem still exists.",
    "false-positive": "We were wrong: there was no such problem. We apologise for the trouble.",
    "holder-changed": "What it is about has a new holder in the meantime.",
    duplicate: "The same matter is being handled under another ticket.",
    "no-response": "We have had no answer. The problem may still exist.",
    "not-actionable": "Nothing more can be done about it with what we know.",
  },
  subject,
  opening,
  answering,
  more: (count, attached) =>
    attached ? `... and ${count} more: see the attachment.` : `... and ${count} more.`,
  affects: (count, digits) => `affects ${digits} ${count === 1 ? "system" : "systems"}`,
  seen: (count, digits) => `seen ${count === 1 ? "once" : `${digits} times`}`,
  sector: (name) => sectorName(name, "en"),
  between: (first, last) => `${first} to ${last}`,
};

function subject({ message, title, family, asset, count, digits }: SubjectFacts): string {
  const threat = family === "" ? title : `${title} (${family})`;
  const where = asset === "" ? (count > 0 ? `: ${digits} findings` : "") : `: ${asset}`;
  switch (message) {
    case "alert":
      return `${threat}${where}`;
    case "update":
      return `Update: ${threat}${where}`;
    case "reminder":
      return `Reminder: ${threat}${where}`;
    case "closure":
      return "Closed";
    case "verification":
      return "Are you the right contact for security incidents?";
  }
}

function opening(facts: OpeningFacts): readonly string[] {
  const family = facts.family === "" ? "" : ` (family "${facts.family}")`;
  const them = `${facts.noun}${family}`;
  switch (facts.message) {
    case "alert":
      return [`We see ${them} for which you are responsible as far as we know.`, facts.means];
    case "update":
      return [
        `Since our message of ${facts.since} we have also seen ${them} for which you are responsible as far as we know. In all there ${facts.total === 1 ? "is 1 finding" : `are ${facts.totalDigits} findings`} under this ticket.`,
        facts.means,
      ];
    case "reminder":
      return [
        `We wrote to you on ${facts.since} and have had no answer. It is about ${them} for which you are responsible as far as we know.`,
        facts.means,
      ];
    case "closure":
      return [
        `We have closed this ticket, about which we wrote to you on ${facts.since}. ${facts.closing}`,
        "Thank you for your help.",
      ];
    case "verification":
      return [
        `We are ${facts.team}. We tell those responsible about security incidents in their networks, and want to be sure that we write to the right people before we send any details.`,
        `Is this the right address of ${facts.to} for reports of security incidents?`,
      ];
  }
}
