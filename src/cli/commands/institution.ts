import type { Command } from "commander";
import type { CommandHost } from "../command-host.ts";
import {
  institutionAddCommand,
  institutionEditCommand,
  institutionRemoveCommand,
} from "./institution-edit.ts";
import { institutionImportCommand } from "./institution-import.ts";
import { institutionListCommand, institutionShowCommand } from "./institution-list.ts";
import { institutionLookupCommand } from "./institution-lookup.ts";
import { institutionVerifyCommand } from "./institution-verify.ts";

/** `tocsin institution list|show|add|edit|remove|import|verify|lookup` */
export function institutionCommand(host: CommandHost): Command {
  return host
    .command("institution", host.words.commands.institution)
    .addCommand(institutionListCommand(host))
    .addCommand(institutionShowCommand(host))
    .addCommand(institutionAddCommand(host))
    .addCommand(institutionEditCommand(host))
    .addCommand(institutionRemoveCommand(host))
    .addCommand(institutionImportCommand(host))
    .addCommand(institutionVerifyCommand(host))
    .addCommand(institutionLookupCommand(host));
}
