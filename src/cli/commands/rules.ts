import type { Command } from "commander";
import type { CommandHost } from "../command-host.ts";
import {
  rulesActivateCommand,
  rulesCheckCommand,
  rulesListCommand,
  rulesShowCommand,
} from "./rules-versions.ts";
import { rulesDryRunCommand } from "./rules-dry-run.ts";

/** `tocsin rules check|show|list|dry-run|activate` */
export function rulesCommand(host: CommandHost): Command {
  return host
    .command("rules", host.words.commands.rules)
    .addCommand(rulesCheckCommand(host))
    .addCommand(rulesShowCommand(host))
    .addCommand(rulesListCommand(host))
    .addCommand(rulesDryRunCommand(host))
    .addCommand(rulesActivateCommand(host));
}
