import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeCli } from "../../test/cli-surroundings.ts";
import { faultSentences } from "../../test/fault-sentences.ts";
import { feedFormats } from "../feeds/index.ts";
import { CommandHost } from "./command-host.ts";
import { commandNames, loadCommand } from "./command-table.ts";
import { messagesOf } from "./messages/index.ts";
import { detailInChinese } from "./messages/zh-faults.ts";

let dir: string;
let cli: FakeCli;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-zh-"));
  cli = new FakeCli(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

const zh = messagesOf("zh");
/** Three English words one after the other, unless they are a command to type. */
const ENGLISH = /(?<!tocsin |tocsin [a-z]+ )\b(?!tocsin)[a-z]{2,}(?: [a-z]{2,}){2,}/;

/** Every command line that a command, or a command of a command, is called by. */
async function allPaths(): Promise<string[][]> {
  const paths: string[][] = [[], ["completion"]];
  const host = new CommandHost({} as never, zh, new AbortController().signal);
  for (const name of commandNames) {
    paths.push([name]);
    const { commands } = await loadCommand(name, host);
    paths.push(...commands.map((command) => [name, command.name()]));
  }
  return paths;
}

describe("--lang zh", () => {
  it("has the help of every command without an English sentence", async () => {
    const paths = await allPaths();
    expect(paths.length).toBeGreaterThan(25);
    for (const path of paths) {
      const { out, code } = await cli.run("--lang", "zh", ...path, "--help");
      expect([path, code]).toEqual([path, 0]);
      expect(out, path.join(" ")).toMatch(/^用法： ?tocsin/);
      for (const line of out.split("\n")) {
        expect(line, path.join(" ")).not.toMatch(ENGLISH);
        expect(line).not.toMatch(/Usage|Options|Commands|Arguments|default:|choices:|\[options\]/);
      }
    }
  });

  it.each([
    [["ingest", "a", "--job", "2"], "没有选项 --job\n（是否指 --jobs？）"],
    [["ingset"], "没有命令 ingset\n（是否指 ingest？）"],
    [["ingest"], "缺少参数 paths"],
    [["rank", "--by"], "选项 --by <what> 缺少值"],
    [["doctor", "a"], "参数过多：应为 0 个，而给出了 1 个"],
    [["completion", "sh"], "“sh”不能用于 shell。可选：bash, zsh, fish"],
    [["rank", "--by", "x"], "“x”不能用于 --by <what>"],
    [["situation", "--from", "x"], "--from：不是日历中的日期：x（YYYY-MM-DD）"],
    [["batches", "reread", "1", "--nothing"], "没有选项 --nothing"],
  ])("says what is wrong with %j", async (argv, says) => {
    const { err, code } = await cli.run("--lang", "zh", ...argv);
    expect([code, err]).toEqual([2, expect.stringContaining(says) as string]);
    expect(err.replace(/tocsin .*$/gm, "")).not.toMatch(ENGLISH);
  });

  it("has a title of every format", () => {
    for (const { name, title } of feedFormats([]))
      expect(zh.formatTitle(name, title), name).toMatch(/\p{Script=Han}/u);
  });

  it("knows the sentence of every fault", () => {
    const sentences = faultSentences(new URL("../../", import.meta.url));
    expect(sentences.length).toBeGreaterThan(90);
    const unknown = sentences.filter(
      ({ sentence }) =>
        /[a-z]{2,}/.test(sentence.replaceAll("{}", "")) &&
        !detailInChinese(sentence.replaceAll("{}", "X")),
    );
    expect(unknown).toEqual([]);
  });

  it("says of a fault whose sentence it does not know what kind it is", () => {
    expect(zh.fault("input-unreadable", "odd: EIO")).toBe("无法打开或读取输入。（odd: EIO）");
    expect(zh.fault("input-unreadable", "there is no file a b.csv")).toBe("没有文件 a b.csv");
  });
});
