import { decodeText } from "../../core/observation/index.ts";
import type { Session } from "./database.ts";

/** The texts of codes; `""` for code 0. */
export async function textsOf(
  session: Session,
  codes: readonly bigint[],
): Promise<Map<bigint, string>> {
  const texts = new Map<bigint, string>();
  const asked: bigint[] = [];
  for (const code of codes) {
    const text = decodeText(Number(code & 0xffffffffn), Number(code >> 32n));
    if (text === undefined) asked.push(code);
    else texts.set(code, text);
  }
  for (let from = 0; from < asked.length; from += 1000) {
    const some = asked.slice(from, from + 1000);
    const rows = await session.rows<{ code: bigint; text: string }>(
      `SELECT code, text FROM text WHERE code IN (${some.join(",")})`,
    );
    for (const { code, text } of rows) texts.set(code, text);
  }
  return texts;
}
