// The sentences of all faults, as they stand in the source: `{}` in place of what is filled in.
import { readdirSync, readFileSync } from "node:fs";

/** Sentences that are written where the fault is thrown; those that are made elsewhere are not found. */
export function faultSentences(root: URL): { file: string; sentence: string }[] {
  return readdirSync(new URL("src/", root), { encoding: "utf8", recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => `src/${file}`)
    .flatMap((file) => {
      const source = readFileSync(new URL(file, root), "utf8");
      return [...source.matchAll(/new (?:Feed)?Fault\(/g)].flatMap(({ index }) =>
        sentencesAt(source, source.indexOf("(", index) + 1).map((sentence) => ({ file, sentence })),
      );
    });
}

/** Of the second argument: its texts, those that `+` joins as one, those that `? :` chooses from one by one. */
function sentencesAt(source: string, from: number): string[] {
  const sentences: string[] = [];
  let depth = 0;
  let argument = 0;
  let joins = false;
  for (let at = from; depth >= 0 && at < source.length; at++) {
    const char = source[at]!;
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === "," && depth === 0) argument++;
    else if (char === "+") joins = true;
    else if ("\"'`".includes(char)) {
      const { text, end } = literalAt(source, at);
      if (argument === 1 && depth === 0) {
        if (joins) sentences.push(`${sentences.pop() ?? ""}${text}`);
        else sentences.push(text);
      }
      joins = false;
      at = end;
    }
  }
  return sentences;
}

function literalAt(source: string, from: number): { text: string; end: number } {
  const quote = source[from]!;
  let text = "";
  let at = from + 1;
  for (; source[at] !== quote; at++) {
    if (source[at] === "\\") {
      at++;
      text += source[at] === "n" ? "\n" : source[at];
    } else if (quote === "`" && source.startsWith("${", at)) {
      at = expressionEnd(source, at + 2);
      text += "{}";
    } else text += source[at];
  }
  return { text, end: at };
}

function expressionEnd(source: string, from: number): number {
  let at = from;
  for (let depth = 1; ; at++) {
    if (source[at] === "{") depth++;
    else if (source[at] === "}" && --depth === 0) return at;
    else if (source[at] === "`") at = literalAt(source, at).end;
  }
}
