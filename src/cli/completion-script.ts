import type { Command } from "commander";

/** The words that may follow the words before: `""` for the program itself, `quarantine`, `quarantine list`. */
type WordTable = Map<string, string[]>;

/** A completion script made from the command tree. File names complete where no word does. */
export function completionScript(
  shell: "bash" | "zsh" | "fish",
  commands: readonly Command[],
): string {
  const table: WordTable = new Map([
    ["", [...commands.map((it) => it.name()), "completion", "help", ...GLOBAL]],
  ]);
  for (const command of commands) collectWords(command, command.name(), table);
  if (shell === "fish") return fishScript(table);
  const bash = bashScript(table);
  return shell === "bash" ? bash : `autoload -U +X bashcompinit && bashcompinit\n${bash}`;
}

const GLOBAL = ["--data", "--config", "--lang", "--help"];

function collectWords(command: Command, path: string, table: WordTable): void {
  const options = command.options.flatMap(({ long }) => (long ? [long] : []));
  table.set(path, [...command.commands.map((it) => it.name()), ...options, ...GLOBAL]);
  for (const child of command.commands) collectWords(child, `${path} ${child.name()}`, table);
}

function bashScript(table: WordTable): string {
  const cases = [...table]
    .map(([path, words]) => `    "${path}") words="${words.join(" ")}" ;;`)
    .join("\n");
  return `_tocsin() {
  local path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in [a-z]*) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _tocsin tocsin`;
}

function fishScript(table: WordTable): string {
  const lines = [...table].map(([path, words]) => {
    const test =
      path === ""
        ? "__fish_use_subcommand"
        : `__fish_seen_subcommand_from ${path.split(" ").at(-1)}`;
    return `complete -c tocsin -n "${test}" -a "${words.join(" ")}"`;
  });
  return lines.join("\n");
}
