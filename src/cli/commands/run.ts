import type { Command } from "commander";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import type { Session } from "../session.ts";
import type { DaemonEvent } from "../workbench.ts";
import { collectLine } from "./collect.ts";

interface Flags {
  readonly once?: boolean;
  readonly json?: boolean;
}

/** `tocsin run`: the daemon. */
export function runCommand(host: CommandHost): Command {
  const { commands, alerting } = host.words;
  return host
    .command("run", commands.run)
    .option("--once", alerting.run.once)
    .addOption(host.jsonOption())
    .action(
      host.act<Flags>(async (session, { once, json }) => {
        const bench = await session.open();
        const onEvent = (event: DaemonEvent): void => {
          if (json) session.printer.jsonLine({ at: session.around.now().toISOString(), ...event });
          else tell(session, event);
        };
        await bench.watch({ once: once === true }, onEvent, session.signal);
        // To be stopped is how a daemon ends.
        if (once && session.signal.aborted) return exitCodes.interrupted;
        return exitCodes.ok;
      }),
    );
}

function tell(session: Session, event: DaemonEvent): void {
  for (const line of linesOf(session, event))
    session.printer.remark(`${session.around.now().toISOString()} ${line}`);
}

function linesOf({ words }: Session, event: DaemonEvent): string[] {
  const t = words.alerting.run;
  switch (event.event) {
    case "watching": {
      const parts = [
        t.collecting(countText(event.feeds)),
        t.alerts,
        ...(event.sends ? [t.outbox] : []),
        ...(event.answers ? [t.answers] : []),
      ];
      return [
        t.watching(parts),
        ...(event.rules ? [] : [t.noRules]),
        ...(event.composes ? [] : [t.noSender]),
        ...(event.composes && !event.sends ? [t.noServer] : []),
      ];
    }
    case "collect":
      return [collectLine(words, event.of)];
    case "placed": {
      const [findings, fresh, incidents, alerts] = [
        event.findings,
        event.fresh,
        event.incidents,
        event.alerts,
      ].map(countText) as [string, string, string, string];
      const rest = event.held + event.denied + event.nobody + event.stale;
      return [
        t.placed(findings, fresh, incidents, alerts),
        ...(rest > 0
          ? [
              t.undelivered({
                held: countText(event.held),
                denied: countText(event.denied),
                nobody: countText(event.nobody),
                stale: countText(event.stale),
              }),
            ]
          : []),
      ];
    }
    case "timers":
      return [t.timers(countText(event.fired))];
    case "answers":
      return [t.received(countText(event.received))];
    case "recovered":
      return [t.recovered(countText(event.messages))];
    case "message":
      return [t.outcome(event.deliveryKey, event.to, event.outcome)];
    case "failure":
      return [t.failure(event.part, words.faultDetail(event.message))];
  }
}
