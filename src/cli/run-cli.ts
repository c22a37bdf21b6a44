import { exitCodes } from "./exit-codes.ts";
import type { Surroundings } from "./workbench.ts";

/**
 * Runs one command of the command line and gives the exit code; never throws. `--version` is answered before anything
 * else is loaded.
 */
export async function runCli(around: Surroundings): Promise<number> {
  const [first] = around.argv;
  if (first === "--version" || first === "-V") {
    around.stdout.write(`${around.version}\n`);
    return exitCodes.ok;
  }
  for (const stream of [around.stdout, around.stderr]) stream.on("error", ignoreClosedPipe);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  try {
    const { runProgram } = await import("./program.ts");
    return await runProgram(around, stop.signal);
  } catch (thrown) {
    const { reportFailure } = await import("./report-failure.ts");
    return reportFailure(around, thrown);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** Whoever read our output has enough of it, as in `tocsin rank | head`. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
