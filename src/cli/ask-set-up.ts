import { existsSync } from "node:fs";
import { isCancel, text } from "@clack/prompts";
import { isCountry } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import type { Session } from "./session.ts";

/** Asks a person what `init` must know and was not told. */
export async function askSetUp(
  session: Session,
  ask: { home: boolean; table: boolean },
): Promise<{ home: string; table: string }> {
  const { words, around } = session;
  const streams = { input: around.stdin, output: around.stderr };
  const put = async (message: string, wrong: (answer: string) => string | undefined) => {
    const answer = await text({ message, validate: (given) => wrong(given ?? ""), ...streams });
    if (isCancel(answer)) throw new Fault("interrupted", words.init.cancelled);
    return answer ?? "";
  };
  const home = ask.home
    ? await put(words.init.askHome, (answer) => {
        const codes = answer.split(",").map((code) => code.trim().toUpperCase());
        const bad = codes.filter((code) => !isCountry(code));
        return bad.length > 0 ? words.init.badHome(bad.join(", ")) : undefined;
      })
    : "";
  const table = ask.table
    ? await put(words.init.askTable, (answer) =>
        answer === "" || existsSync(answer) ? undefined : words.init.noFile(answer),
      )
    : "";
  return { home, table };
}
