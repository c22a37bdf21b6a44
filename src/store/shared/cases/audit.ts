import type { Selectable } from "kysely";
import type { AuditEntry, CaseSession } from "../../../app/case-ports.ts";
import {
  AUDIT_HEAD,
  AuditCheck,
  type AuditHead,
  headText,
  lineAfter,
  readHead,
} from "./audit-chain.ts";
import { canonicalJson } from "./canonical-json.ts";
import { Prepared } from "./prepared.ts";
import { readSetting, writeSetting } from "./settings.ts";
import type { Cases, CaseTables } from "./tables.ts";

const PAGE = 1_000;

/** The audit log. */
export function auditIn(cases: Cases) {
  let head: AuditHead | undefined;
  return {
    audit: async (entry) => {
      head ??= readHead(await readSetting(cases, AUDIT_HEAD));
      const line = lineAfter(head, entry);
      const [before, after] = [canonicalJson(line.before), canonicalJson(line.after)];
      await add.run(cases, { ...line, before, after });
      await writeSetting(cases, AUDIT_HEAD, headText(line));
      head = line;
    },
    auditTrail: async ({ subject, after = 0, limit }) => {
      const rows = await cases
        .selectFrom("audit")
        .selectAll()
        .where("number", ">", after)
        .$if(subject !== undefined, (of) => of.where("subject", "=", subject!))
        .orderBy("number")
        .limit(limit)
        .execute();
      return rows.map(readLine);
    },
  } satisfies Partial<CaseSession>;
}

const add = new Prepared((cases, line: CaseTables["audit"]) =>
  cases.insertInto("audit").values(line),
);

/** Follows the chain of the whole log. */
export async function checkAudit(cases: Cases) {
  const check = new AuditCheck();
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await cases
      .selectFrom("audit")
      .selectAll()
      .where("number", ">", after)
      .orderBy("number")
      .limit(PAGE)
      .execute();
    check.take(rows.map(readLine));
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.number;
  }
  return check.outcome(readHead(await readSetting(cases, AUDIT_HEAD)));
}

function readLine({ before, after, ...same }: Selectable<CaseTables["audit"]>): AuditEntry {
  return { ...same, before: JSON.parse(before) as unknown, after: JSON.parse(after) as unknown };
}
