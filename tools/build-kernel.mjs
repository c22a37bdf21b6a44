// Assembles the kernel of the CSV reader: kernel.wat to wasm-bytes.ts, which is committed, so that nobody else needs an assembler.
import { readFileSync, writeFileSync } from "node:fs";
import wabtOf from "wabt";

const folder = new URL("../src/feeds/shared/csv/kernel/", import.meta.url);

/** The bytes that kernel.wat stands for, in base64. */
export async function assembleKernel() {
  const wabt = await wabtOf();
  const text = readFileSync(new URL("kernel.wat", folder), "utf8");
  const parsed = wabt.parseWat("kernel.wat", text, { simd: true, bulk_memory: true });
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return Buffer.from(buffer).toString("base64");
}

if (process.argv[1] === import.meta.filename) {
  const lines = (await assembleKernel()).match(/.{1,90}/g).map((line) => `  "${line}",`);
  writeFileSync(
    new URL("wasm-bytes.ts", folder),
    `/** kernel.wat, assembled by \`npm run kernel\`; base64. */\nexport const wasmBytes = [\n${lines.join("\n")}\n].join("");\n`,
  );
}
