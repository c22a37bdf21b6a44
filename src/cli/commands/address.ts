import type { Command } from "commander";
import type { AddressFacts } from "../../app/ports.ts";
import { addressFromText } from "../../core/network/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readAddress } from "../read-values.ts";
import type { Session } from "../session.ts";

interface Options {
  readonly json?: boolean;
}

type Side = AddressFacts["side"];

/** `tocsin origin` */
export function originCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  return addressCommand(host, "origin", commands.origin).argument("<address>", options.address);
}

/** `tocsin victim` */
export function victimCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  return addressCommand(host, "victim", commands.victim).argument(
    "<address>",
    options.addressOrHost,
  );
}

function addressCommand(host: CommandHost, side: Side, summary: string): Command {
  return host
    .command(side, summary)
    .addOption(host.jsonOption())
    .action(
      host.act<Options>(async (session, { json }, [given = ""]) => {
        const address =
          side === "victim" ? readVictim(session, given) : readAddress(given, session.words);
        const store = await (await session.open()).store();
        const facts = await store.factsOf(side, address);
        if (json) session.printer.json({ side, address, facts: facts ?? null });
        else if (facts === undefined) session.printer.line(session.words.facts.nothing(address));
        else printFacts(session, facts);
        return exitCodes.ok;
      }),
    );
}

/** An address, or a host name: it has a dot and a letter, so a mistyped address is not taken for one. */
function readVictim(session: Session, given: string): string {
  const host = given.toLowerCase().replace(/\.$/, "");
  const isHost =
    addressFromText(given) === undefined && /^[^\s/:]*\.[^\s/:]*[^\d\s/:.][^\s/:]*$/.test(host);
  return isHost ? host : readAddress(given, session.words);
}

function printFacts(session: Session, facts: AddressFacts): void {
  const { printer, words } = session;
  const t = words.facts;
  const { side } = facts;
  printer.heading(t[side](facts.address));
  if (facts.firstSeen && facts.lastSeen)
    printer.line(`  ${t.seen(facts.firstSeen, facts.lastSeen, countText(facts.days))}`);
  printer.line(`  ${t.observations(countText(facts.observations), countText(facts.times))}`);
  const counterparts = side === "origin" ? t.victims : t.origins;
  printer.line(`  ${counterparts(countText(facts.counterparts))}`);
  if (facts.hosts.length > 0) printer.line(`  ${t.hosts(facts.hosts.join(", "))}`);
  for (const place of facts.located) printer.line(`  ${t.located}: ${placeText(session, place)}`);
  printTables(session, facts);
}

function placeText(
  session: Session,
  { country, asn, mark, table }: AddressFacts["located"][number],
): string {
  const t = session.words.facts;
  const where = country ? `${session.countryName(country)} (${country})` : t.unlocated;
  const text = t.locatedBy(where, asn ? `, AS${asn}` : "", table.name, table.date);
  return mark && mark !== "none" ? `${text}; ${t.set(mark)}` : text;
}

function printTables(session: Session, facts: AddressFacts): void {
  const { printer, words } = session;
  const t = words.facts;
  const observations = { title: words.situation.observations, right: true };
  printer.line();
  printer.table(
    [{ title: t.feeds }, observations, { title: t.last }],
    facts.feeds.map((it) => [it.feed, countText(it.observations), it.lastSeen]),
  );
  printer.table(
    [{ title: t.kind }, { title: t.family }, observations],
    facts.kinds.map((it) => [it.kind, it.family || "-", countText(it.observations)]),
  );
  printer.table(
    [{ title: t.countries[facts.side] }, { title: t.addresses, right: true }],
    facts.counterpartCountries.map((it) => [
      session.countryName(it.country),
      countText(it.addresses),
    ]),
  );
  printer.line();
  printer.heading(t.recent);
  printer.table(
    [{ title: t.time }, { title: t.kind }, { title: t.family }, { title: t.otherSide[facts.side] }],
    facts.recent.map((it) => [
      it.seenAt,
      it.kind,
      it.family || "-",
      facts.side === "origin" ? it.victim || it.victimHost : it.origin || it.originHost,
    ]),
  );
}
