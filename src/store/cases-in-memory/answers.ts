import type { CaseSession, InboundMessage } from "../../app/case-ports.ts";
import { append } from "./draft.ts";
import { lastFirstBy, sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

export function answersIn({ alerts, receipts, inbound }: Drafts) {
  return {
    addReceipt: async (receipt) => {
      alerts.must(receipt.alert, "alert");
      append(receipts, receipt.alert, receipt);
    },
    receiptsOf: async (alert) => sortedBy(receipts.at(alert) ?? [], ({ at }) => [at]),
    addInbound: async (message) => {
      if (inbound.has(message.id)) return false;
      if (message.alert !== null) alerts.must(message.alert, "alert");
      inbound.put(message.id, own(message));
      return true;
    },
    inbound: async ({ alert, id, idBegins = "", limit }) =>
      lastFirstBy(
        inbound.filter(
          (row) =>
            (alert === undefined || row.alert === alert) &&
            (id === undefined || row.id === id) &&
            row.id.startsWith(idBegins),
        ),
        (row) => [row.receivedAt, row.id],
      )
        .slice(0, limit)
        .map(own),
    assignInbound: async (id, alert) => {
      alerts.must(alert, "alert");
      inbound.put(id, { ...inbound.must(id, "inbound message"), alert, matchedBy: "person" });
    },
  } satisfies Partial<CaseSession>;
}

/** With bytes that nobody else can change. */
function own(message: InboundMessage): InboundMessage {
  return { ...message, raw: message.raw.slice() };
}
