import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakeCli } from "../../test/cli-surroundings.ts";
import { answers } from "./schemas/index.ts";

const absent = join(tmpdir(), "tocsin-absent");

describe("runCli", () => {
  it("answers --version at once", async () => {
    expect(await new FakeCli(absent).run("--version")).toMatchObject({ code: 0, out: "9.8.7\n" });
  });

  it("prints help on asking, and as a failure when nothing is asked", async () => {
    const help = await new FakeCli(absent).run("--help");
    expect(help.code).toBe(0);
    expect(help.out).toContain("tocsin situation --from");
    const nothing = await new FakeCli(absent).run();
    expect(nothing).toMatchObject({ code: 2, out: "" });
    expect(nothing.err).toContain("Usage: tocsin");
  });

  it("takes the global options before and after the command", async () => {
    const cli = new FakeCli(absent);
    for (const argv of [
      ["--data", "/nowhere", "situation"],
      ["situation", "--data", "/nowhere"],
      ["situation", "--data=/nowhere"],
    ]) {
      const run = await cli.run(...argv);
      expect(run.code).toBe(1);
      expect(run.err).toContain("/nowhere is empty");
    }
  });

  it("says an unknown command in one line, with what may be meant", async () => {
    const run = await new FakeCli(absent).run("sitution");
    expect(run.code).toBe(2);
    expect(run.err).toContain("unknown command 'sitution'");
    expect(run.err).toContain("situation");
  });

  it("gives failures to machines as JSON on standard error", async () => {
    const run = await new FakeCli(absent).run("situation", "--json");
    expect(run.out).toBe("");
    expect(answers.failure.parse(JSON.parse(run.err)).error.code).toBe("not-initialised");
  });

  it("shows the stack of a bug", async () => {
    const cli = new FakeCli(absent);
    cli.bug = new TypeError("a bug");
    const run = await cli.run("situation");
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^tocsin 9\.8\.7: .*\nTypeError: a bug\n +at /);
  });

  it.each(["bash", "zsh", "fish"])("prints a completion script for %s", async (shell) => {
    const run = await new FakeCli(absent).run("completion", shell);
    expect(run.code).toBe(0);
    expect(run.out).toContain("quarantine");
    expect(run.out).toContain("--allow-reserved");
  });
});
