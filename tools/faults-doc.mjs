// Writes docs/faults.md from the table in src/core/fault.ts, as compiled: `npm run docs`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { FAULTS } = await import("../dist/core/fault.js");
  writeFileSync(new URL("../docs/faults.md", import.meta.url), renderFaults(FAULTS));
}

/** The fault table as a page of the manual. */
export function renderFaults(faults) {
  const rows = Object.entries(faults).map(
    ([code, { retry, http, says }]) => `| \`${code}\` | ${says} | ${retry} | ${http} |`,
  );
  return `# Faults

Every failure that somebody must act on has a code. A code never changes its meaning and is never used again for
another. _Transient_ means that the same command can succeed later with nothing changed by hand. A row that is wrong in
a file that is right is no fault: it is counted, put aside, and the next row goes on.

This page is made from the table in \`src/core/fault.ts\` by \`npm run docs\`.

| code | what went wrong | retry | HTTP |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
