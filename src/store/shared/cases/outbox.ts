import type { Selectable } from "kysely";
import type { CaseSession, OutboundMessage, OutboundState } from "../../../app/case-ports.ts";
import type { Instant } from "../../../core/time/index.ts";
import { Prepared } from "./prepared.ts";
import { refuse } from "./refuse.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** Messages on their way out. */
export function outboxIn(cases: Cases) {
  const rows = cases.selectFrom("outbox").selectAll();
  const count = cases.selectFrom("outbox").select(({ fn }) => fn.countAll<number>().as("messages"));
  return {
    queueMessage: async (message) => (await queue.affected(cases, rowOf(message))) === 1,
    message: async (deliveryKey) => {
      const row = await messageOf.first(cases, { deliveryKey });
      return row && readMessage(row);
    },
    messageById: async (messageId) => {
      const row = await rows.where("message_id", "=", messageId).executeTakeFirst();
      return row && readMessage(row);
    },
    messages: async ({ alert, state, limit }) => {
      const listed = rows
        .$if(alert !== undefined, (of) => of.where("alert", "=", alert!))
        .$if(state !== undefined, (of) => of.where("state", "=", state!))
        .orderBy("queued_at", "desc")
        .orderBy("delivery_key", "desc")
        .limit(limit);
      return (await listed.execute()).map(readMessage);
    },
    sendable: async (now, limit) => {
      const waiting = rows
        .where("state", "=", "queued")
        .where("not_before", "<=", now)
        .orderBy("priority")
        .orderBy("queued_at")
        .orderBy("delivery_key")
        .limit(limit);
      return (await waiting.execute()).map(readMessage);
    },
    takeMessage: async (deliveryKey, now) => {
      const sending = stateRow({ at: "sending", since: now });
      return (await take.affected(cases, { deliveryKey, now, ...sending })) === 1;
    },
    setMessageState: async (deliveryKey, state, attempts, notBefore) => {
      const set = cases
        .updateTable("outbox")
        .set({ ...stateRow(state), attempts })
        .$if(notBefore !== undefined, (of) => of.set({ not_before: notBefore! }))
        .where("delivery_key", "=", deliveryKey);
      if ((await set.executeTakeFirstOrThrow()).numUpdatedRows === 0n)
        refuse(`there is no message ${deliveryKey}`);
    },
    countMessages: async (contact, since) => {
      const counted = count
        .where("contact", "=", contact)
        .where("queued_at", ">=", since)
        .where("state", "in", ["sending", "delivered", "unknown"]);
      return (await counted.executeTakeFirstOrThrow()).messages;
    },
    countDelivered: async (contact) => {
      const counted = count.where("contact", "=", contact).where("state", "=", "delivered");
      return (await counted.executeTakeFirstOrThrow()).messages;
    },
  } satisfies Partial<CaseSession>;
}

type OutboxRow = Selectable<CaseTables["outbox"]>;
type StateRow = Pick<OutboxRow, "state" | "state_facts">;

const queue = new Prepared((cases, row: OutboxRow) =>
  cases
    .insertInto("outbox")
    .values(row)
    .onConflict((conflict) => conflict.column("delivery_key").doNothing()),
);

const messageOf = new Prepared((cases, { deliveryKey }: Pick<OutboundMessage, "deliveryKey">) =>
  cases.selectFrom("outbox").selectAll().where("delivery_key", "=", deliveryKey),
);

const take = new Prepared(
  (cases, values: StateRow & { readonly deliveryKey: string; readonly now: Instant }) =>
    cases
      .updateTable("outbox")
      .set({ state: values.state, state_facts: values.state_facts })
      .set(({ eb }) => ({ attempts: eb("attempts", "+", 1) }))
      .where("delivery_key", "=", values.deliveryKey)
      .where("state", "=", "queued")
      .where("not_before", "<=", values.now),
);

function stateRow(state: OutboundState): StateRow {
  return { state: state.at, state_facts: JSON.stringify(state) };
}

function rowOf(message: OutboundMessage): OutboxRow {
  const { deliveryKey, to, messageId, notBefore, queuedAt, state, ...same } = message;
  return {
    ...same,
    ...stateRow(state),
    delivery_key: deliveryKey,
    address: to,
    message_id: messageId,
    not_before: notBefore,
    queued_at: queuedAt,
  };
}

function readMessage(row: OutboxRow): OutboundMessage {
  const { delivery_key, address, message_id, not_before, queued_at, state_facts, ...same } = row;
  return {
    ...same,
    deliveryKey: delivery_key,
    to: address,
    messageId: message_id,
    notBefore: not_before,
    queuedAt: queued_at,
    state: JSON.parse(state_facts) as OutboundState,
    bytes: new Uint8Array(row.bytes),
  };
}
