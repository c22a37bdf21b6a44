// Runs the tests and ends with one line that a machine can read: `N passed, N failed`. Arguments go to vitest:
// `npm test -- src/core`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "tocsin-test-"));
const report = join(folder, "report.json");
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"];
const { status } = spawnSync(
  process.execPath,
  [...vitest, `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { stdio: ["ignore", "inherit", "inherit"] },
);
process.stdout.write(`\n${existsSync(report) ? summary(report) : "0 passed, 1 failed"}\n`);
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;

function summary(path) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(path, "utf8"),
  );
  // A file that fails before its first test has no failed test of its own; it counts as one.
  const unloaded = testResults.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const skipped = numPendingTests + numTodoTests;
  const counts = `${numPassedTests} passed, ${numFailedTests + unloaded} failed`;
  return skipped === 0 ? counts : `${counts}, ${skipped} skipped`;
}
