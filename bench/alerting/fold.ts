/** A million findings folded out of what one batch brought, and the second time out of as many known ones. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tell, report } from "../shared/report.ts";
import { feed, openLocation, openStore, setUpIntake } from "../shared/tocsin.ts";

const FINDINGS = 1_000_000;
const WANTED_SECONDS = 5;
const FIRST = 0xf0000000;

/** Measures it; false if there are not as many findings as there should be. */
export async function measureFold(dir: string): Promise<boolean> {
  tell(`alerting: ${FINDINGS} addresses are listed`);
  const geo = join(dir, "fold-geo.csv");
  writeFileSync(geo, "240.0.0.0/4,US\n");
  const store = await openStore(join(dir, "fold"));
  const setup = await setUpIntake(await openLocation(geo, dir));
  let right = true;
  for (const [time, name] of ["new", "known"].entries()) {
    const list = join(dir, `list-${time}.txt`);
    // A list that differs in a comment is another list, and every address is listed once more.
    writeFileSync(list, `# ${time}\n${addresses()}`);
    await feed(store, setup, [list], 0);
    const began = performance.now();
    await store.findings.fold();
    const seconds = (performance.now() - began) / 1000;
    let findings = 0;
    for await (const page of store.findings.select({})) findings += page.length;
    report("alerting", `fold, ${name}`, seconds, "s", { findings, wanted: `< ${WANTED_SECONDS}` });
    right &&= findings === FINDINGS;
  }
  await store.close();
  return right;
}

function addresses(): string {
  const lines: string[] = [];
  for (let at = 0; at < FINDINGS; at++) {
    const address = FIRST + at * 16;
    lines.push([24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join("."));
  }
  return `${lines.join("\n")}\n`;
}
