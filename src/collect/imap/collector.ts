import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import {
  type Collector,
  type CollectRun,
  type Delivery,
  type DeliveryFacts,
  FeedFault,
  type Taken,
} from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";
import { fileNameOf } from "../shared/file-name.ts";
import { HttpClient } from "../shared/http-client.ts";
import { isOfOne } from "../shared/take-each.ts";
import { fitsOne } from "../shared/name-pattern.ts";
import { type MailContents, mayFetch, type MailWishes, readMail } from "./mail.ts";
import { type MailHead, Mailbox, type MailboxOptions } from "./mailbox.ts";

/** A mailbox whose mails bring files. */
export interface ImapOptions extends MailboxOptions, MailWishes {
  /** Patterns of addresses and of subjects; all if absent. */
  readonly senders?: readonly string[];
  readonly subjects?: readonly string[];
  /** Mails of which our mail server does not say that DKIM passed for the sender are left alone. */
  readonly requireDkim: boolean;
  readonly after: "keep" | "seen" | "delete" | { readonly moveToFolder: string };
  readonly maxBytes: number;
}

/** How far the mailbox was read. */
interface Place {
  readonly uidValidity: string;
  readonly lastUid: number;
  /** Mails that were taken, and are not put away as far as we know. */
  readonly toPutAway: readonly number[];
}

/**
 * Takes the attachments of mails, and what their links lead to, in the order of arrival. When the server numbers the mails anew
 * (UIDVALIDITY), those that were taken are known by their heads.
 */
export function makeImapCollector(options: ImapOptions): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: ImapOptions, run: CollectRun): AsyncGenerator<Taken> {
  const mailbox = await Mailbox.open(options);
  const stop = (): void => mailbox.abort();
  run.signal.addEventListener("abort", stop, { once: true });
  try {
    yield* takeMails(options, run, mailbox);
  } finally {
    run.signal.removeEventListener("abort", stop);
    await mailbox.close();
  }
}

async function* takeMails(
  options: ImapOptions,
  run: CollectRun,
  mailbox: Mailbox,
): AsyncGenerator<Taken> {
  const before = run.state as Place | undefined;
  const { uidValidity } = mailbox;
  const same = before?.uidValidity === uidValidity;
  const problems = new Problems();
  let lastUid = same ? before.lastUid : 0;
  let toPutAway: readonly number[] = same ? before.toPutAway : [];
  /** Those that cannot be put away are tried again at the next run. */
  const clear = async (): Promise<void> => {
    const left: number[] = [];
    for (const uid of toPutAway)
      if (!(await problems.survive(() => putAway(options, mailbox, uid)))) left.push(uid);
    toPutAway = left;
  };
  await clear();
  for (const head of await mailbox.heads(lastUid + 1)) {
    lastUid = head.uid;
    const take = (): Promise<Delivery[]> => takeMail(options, run, mailbox, head);
    const deliveries = wanted(options, head) ? await problems.survive(take) : undefined;
    if (deliveries && options.after !== "keep") toPutAway = [...toPutAway, head.uid];
    yield { deliveries: deliveries ?? [], state: { uidValidity, lastUid, toPutAway } };
    if (deliveries) await clear();
  }
  if (same && before.toPutAway.length !== toPutAway.length)
    yield { deliveries: [], state: { uidValidity, lastUid, toPutAway } };
  problems.throwFirst();
}

/** What is wrong with single mails: it is told when the others have been taken. */
class Problems {
  #first: Fault | undefined;

  /** What came of it; `undefined` if it was refused. */
  async survive<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!isOfOne(error)) throw error;
      this.#first ??= error;
      return undefined;
    }
  }

  throwFirst(): void {
    if (this.#first) throw this.#first;
  }
}

function wanted({ senders, subjects }: ImapOptions, { sender, subject }: MailHead): boolean {
  if (senders && !fitsOne(sender, senders)) return false;
  return subjects === undefined || fitsOne(subject.replaceAll("/", " "), subjects);
}

async function takeMail(
  options: ImapOptions,
  run: CollectRun,
  mailbox: Mailbox,
  head: MailHead,
): Promise<Delivery[]> {
  const key = keyOf(head);
  if (run.known(`${key}/0`)) return [];
  if (head.size > options.maxBytes)
    throw new Fault("input-too-large", `${shown(head)} has ${head.size} bytes`);
  const source = await mailbox.source(head.uid);
  if (!source) return [];
  const contents = await readMail(source, head.sender, options).catch((cause: unknown) => {
    throw new FeedFault("feed-malformed", `${shown(head)} cannot be read: ${String(cause)}`, {
      cause,
    });
  });
  if (options.requireDkim && !contents.dkim.ofSender)
    throw new FeedFault(
      "feed-refused",
      `${shown(head)} is left alone: DKIM ${contents.dkim.result} ${contents.dkim.domain}`,
    );
  const facts = factsOf(head, contents);
  const deliveries: Delivery[] = [];
  const next = (): string => `${key}/${deliveries.length}`;
  try {
    for (const { name, bytes } of contents.files)
      deliveries.push(await run.spool.put({ id: next(), name, facts }, [bytes]));
    for (const link of contents.links)
      deliveries.push(await fetchLink(options, run, link, next(), facts));
    return deliveries;
  } catch (error) {
    // All of a mail or nothing: it is read again.
    for (const { path } of deliveries) await rm(path, { force: true });
    throw error;
  }
}

/** Fetches what a link leads to, as a stranger. */
async function fetchLink(
  { links, maxBytes, timeoutSeconds }: ImapOptions,
  run: CollectRun,
  url: URL,
  id: string,
  facts: DeliveryFacts,
): Promise<Delivery> {
  const mayLeadTo = (to: URL): boolean => mayFetch(to, links);
  const client = new HttpClient({ timeoutSeconds, maxBytes, mayLeadTo }, url, run.signal);
  try {
    const answer = await client.ask({ url });
    const name = fileNameOf(answer.headers["content-disposition"], answer.url);
    const from = { ...facts, link: `${url.origin}${url.pathname}` };
    return await run.spool.put({ id, name, facts: from }, answer.chunks());
  } finally {
    await client.close();
  }
}

/** Gives `true` when it is done. */
async function putAway({ after }: ImapOptions, mailbox: Mailbox, uid: number): Promise<true> {
  if (after === "seen") await mailbox.markSeen(uid);
  else if (after === "delete") await mailbox.remove(uid);
  else if (after !== "keep") await mailbox.move(uid, after.moveToFolder);
  return true;
}

/** The same for the same mail, whatever number the server gives it. */
function keyOf({ messageId, date, sender, subject, size }: MailHead): string {
  const head = JSON.stringify([messageId, date, sender, subject, size]);
  return `mail-${createHash("sha256").update(head).digest("hex").slice(0, 32)}`;
}

function factsOf(head: MailHead, { dkim }: MailContents): Record<string, string> {
  const { sender, subject, messageId, date } = head;
  const said = dkim.domain === "" ? dkim.result : `${dkim.result} ${dkim.domain}`;
  return { sender, subject, messageId, date, dkim: said };
}

function shown({ sender, subject }: MailHead): string {
  return `the mail "${subject}" of ${sender}`;
}
