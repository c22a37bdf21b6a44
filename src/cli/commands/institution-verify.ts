import type { Command } from "commander";
import { releaseOf, verifyContact } from "../../app/alerting/index.ts";
import { standingOf, VERIFICATION_LASTS } from "../../core/institution/index.ts";
import { later } from "../../core/time/index.ts";
import { actorOf } from "../actor.ts";
import { deskOf } from "../alerting/desk-of.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { day } from "../institution/print-view.ts";
import { contactAnswer } from "../institution/views.ts";

interface VerifyFlags {
  readonly by: string;
  readonly how: string;
  readonly json?: boolean;
}

/** `tocsin institution verify CONTACT --by NAME --how WORDS` */
export function institutionVerifyCommand(host: CommandHost): Command {
  const t = host.words.institution;
  return host
    .command("verify", t.verify)
    .argument("<contact>", t.contactId)
    .requiredOption("--by <name>", t.by)
    .requiredOption("--how <words>", t.how)
    .addOption(host.jsonOption())
    .action(
      host.act<VerifyFlags>(async (session, { by, how, json }, [id = ""]) => {
        const cases = await (await session.open()).cases();
        const at = session.around.now().toISOString();
        const said = { by, how };
        const contact = await verifyContact(cases, id, said, { actor: actorOf(session), at });
        await releaseOf(await deskOf(session), contact.institution);
        const until = day(later(at, VERIFICATION_LASTS));
        const { printer, words } = session;
        if (json) printer.json(contactAnswer({ contact, standing: standingOf(contact, at) }));
        else printer.line(words.institution.verifiedNow(contact.id, until));
        return exitCodes.ok;
      }),
    );
}
