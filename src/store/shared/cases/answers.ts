import type { Selectable } from "kysely";
import type { CaseSession, InboundMessage } from "../../../app/case-ports.ts";
import { refuse } from "./refuse.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** What comes back: receipts and messages. */
export function answersIn(cases: Cases) {
  return {
    addReceipt: async (receipt) => {
      await cases.insertInto("receipts").values(receipt).execute();
    },
    receiptsOf: async (alert) =>
      cases
        .selectFrom("receipts")
        .select(["alert", "level", "at", "evidence"])
        .where("alert", "=", alert)
        .orderBy("at")
        .orderBy("number")
        .execute(),
    addInbound: async (message) => {
      const insert = cases
        .insertInto("inbound")
        .values(rowOf(message))
        .onConflict((conflict) => conflict.column("id").doNothing());
      return (await insert.executeTakeFirstOrThrow()).numInsertedOrUpdatedRows === 1n;
    },
    inbound: async ({ alert, id, idBegins, limit }) => {
      const rows = await cases
        .selectFrom("inbound")
        .selectAll()
        .$if(alert !== undefined, (of) => of.where("alert", alert === null ? "is" : "=", alert!))
        .$if(id !== undefined, (of) => of.where("id", "=", id!))
        // After the last hex digit comes "g".
        .$if(idBegins !== undefined, (of) =>
          of.where("id", ">=", idBegins!).where("id", "<", `${idBegins}g`),
        )
        .orderBy("received_at", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(readInbound);
    },
    assignInbound: async (id, alert) => {
      const assigned = await cases
        .updateTable("inbound")
        .set({ alert, matched_by: "person" })
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      if (assigned.numUpdatedRows === 0n) refuse(`there is no inbound message ${id}`);
    },
  } satisfies Partial<CaseSession>;
}

type InboundRow = Selectable<CaseTables["inbound"]>;

function rowOf({ receivedAt, from, messageId, matchedBy, ...same }: InboundMessage): InboundRow {
  return {
    ...same,
    received_at: receivedAt,
    sender: from,
    message_id: messageId,
    matched_by: matchedBy,
  };
}

function readInbound(row: InboundRow): InboundMessage {
  const { received_at, sender, message_id, matched_by, ...same } = row;
  return {
    ...same,
    receivedAt: received_at,
    from: sender,
    messageId: message_id,
    matchedBy: matched_by,
    raw: new Uint8Array(row.raw),
  };
}
