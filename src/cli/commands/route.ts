import type { Command } from "commander";
import { type AssetQuestion, routeAsset } from "../../app/alerting/index.ts";
import { Fault } from "../../core/fault.ts";
import { canonicalValue } from "../../core/institution/index.ts";
import { addressFromText, addressText } from "../../core/network/index.ts";
import { isKind } from "../../core/taxonomy/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { placeOf } from "../routing/place.ts";
import { printRoute } from "../routing/print-route.ts";
import type { Session } from "../session.ts";

interface Flags {
  readonly kind: string;
  readonly family: string;
  readonly json?: boolean;
}

/** `tocsin route ADDRESS|HOST`: whom an alert would go to, by which rule, and who lost. */
export function routeCommand(host: CommandHost): Command {
  const { commands, routing } = host.words;
  return host
    .command("route", commands.route)
    .argument("<asset>", routing.asset)
    .option("--kind <kind>", routing.kind, "c2-server")
    .option("--family <family>", routing.family, "")
    .addOption(host.jsonOption())
    .action(host.act<Flags>(run));
}

async function run(
  session: Session,
  flags: Flags,
  [text = ""]: readonly string[],
): Promise<number> {
  const { words } = session;
  const { kind, family, json } = flags;
  if (!isKind(kind)) throw new Fault("usage", words.routing.badKind(kind));
  const asset = readAsset(session, text);
  const bench = await session.open();
  const cases = await bench.cases();
  const question: AssetQuestion = {
    ...asset,
    kind,
    family,
    ...(await bench.locate(asset.address, asset.host)),
  };
  const now = session.around.now().toISOString();
  const { finding, route, inForce } = await routeAsset(cases, question, await placeOf(bench), now);
  if (json) {
    const { asset: of, side, country, asn, sector } = finding;
    const { finding: _, ...rest } = route;
    session.printer.json({ asset: of, kind, family, side, country, asn, sector, inForce, ...rest });
  } else {
    if (!inForce) session.printer.remark(words.routing.rules.notInForce);
    printRoute(session, finding, route);
  }
  return exitCodes.ok;
}

function readAsset({ words }: Session, text: string): { address: string; host: string } {
  const address = addressFromText(text);
  if (address !== undefined) return { address: addressText(address), host: "" };
  const host = canonicalValue("domain", text);
  if (host?.includes(".")) return { address: "", host };
  throw new Fault("usage", words.routing.badAsset(text));
}
