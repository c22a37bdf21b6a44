import { type Command, Option } from "commander";
import {
  type InstitutionFilter,
  type InstitutionView,
  listInstitutions,
  showInstitution,
} from "../../app/alerting/index.ts";
import { type InstitutionKind, institutionKinds } from "../../core/institution/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { readCountry } from "../institution/edit-options.ts";
import { printView } from "../institution/print-view.ts";
import { institutionAnswer, listedAnswer } from "../institution/views.ts";
import { countText } from "../numbers.ts";
import type { Session } from "../session.ts";

interface ListFlags {
  readonly country?: string;
  readonly kind?: InstitutionKind;
  readonly usable?: boolean;
  readonly json?: boolean;
}

/** `tocsin institution list` */
export function institutionListCommand(host: CommandHost): Command {
  const t = host.words.institution;
  return host
    .command("list", t.list)
    .option("--country <country>", t.country)
    .addOption(new Option("--kind <kind>", t.kind).choices([...institutionKinds]))
    .option("--usable", t.usable)
    .addOption(host.jsonOption())
    .action(host.act<ListFlags>(list));
}

/** `tocsin institution show ID` */
export function institutionShowCommand(host: CommandHost): Command {
  const t = host.words.institution;
  return host
    .command("show", t.show)
    .argument("<id>", t.id)
    .addOption(host.jsonOption())
    .action(
      host.act<{ json?: boolean }>(async (session, { json }, [id = ""]) => {
        const cases = await (await session.open()).cases();
        const view = await showInstitution(cases, id, session.around.now().toISOString());
        if (json) session.printer.json(institutionAnswer(view));
        else printView(session, view);
        return exitCodes.ok;
      }),
    );
}

async function list(session: Session, flags: ListFlags): Promise<number> {
  const { country, kind, usable, json } = flags;
  const filter: InstitutionFilter = {
    ...(country === undefined ? {} : { country: readCountry(country, session.words) }),
    ...(kind === undefined ? {} : { kind }),
    ...(usable === undefined ? {} : { usable }),
  };
  const cases = await (await session.open()).cases();
  const views = await listInstitutions(cases, filter, session.around.now().toISOString());
  if (json) session.printer.json({ institutions: views.map(listedAnswer) });
  else print(session, views, Object.keys(filter).length > 0);
  return exitCodes.ok;
}

function print(session: Session, views: readonly InstitutionView[], filtered: boolean): void {
  const { printer, words } = session;
  const { columns, relations, none, noneSuch } = words.institution;
  if (views.length === 0) return printer.line(filtered ? noneSuch : none);
  printer.table(
    [
      { title: columns.id },
      { title: columns.name },
      { title: columns.kind },
      { title: columns.country },
      { title: columns.tier },
      { title: columns.relation },
      { title: columns.contacts, right: true },
      { title: columns.usable, right: true },
    ],
    views
      .map(listedAnswer)
      .map((it) => [
        it.id,
        it.name,
        it.kind,
        it.country,
        it.tier,
        relations[it.relation.state],
        countText(it.contacts),
        countText(it.usable),
      ]),
  );
}
