import type { CaseSession, OutboundMessage, OutboundState } from "../../app/case-ports.ts";
import type { Instant } from "../../core/time/index.ts";
import { lastFirstBy, sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

export function outboxIn({ outbox, alerts }: Drafts) {
  const change = (key: string, state: OutboundState, attempts: number, notBefore?: Instant) => {
    const message = outbox.must(key, "message");
    outbox.put(key, { ...message, state, attempts, notBefore: notBefore ?? message.notBefore });
  };
  const mayGo = ({ state, notBefore }: OutboundMessage, now: Instant): boolean =>
    state.at === "queued" && notBefore <= now;
  return {
    queueMessage: async (message) => {
      if (outbox.has(message.deliveryKey)) return false;
      alerts.must(message.alert, "alert");
      outbox.put(message.deliveryKey, own(message));
      return true;
    },
    message: async (deliveryKey) => {
      const message = outbox.at(deliveryKey);
      return message && own(message);
    },
    messageById: async (messageId) =>
      outbox.filter((row) => row.messageId === messageId).map(own)[0],
    messages: async ({ alert, state, limit }) =>
      lastFirstBy(
        outbox.filter(
          (row) =>
            (alert === undefined || row.alert === alert) &&
            (state === undefined || row.state.at === state),
        ),
        ({ queuedAt, deliveryKey }) => [queuedAt, deliveryKey],
      )
        .slice(0, limit)
        .map(own),
    sendable: async (now, limit) =>
      sortedBy(
        outbox.filter((row) => mayGo(row, now)),
        ({ priority, queuedAt, deliveryKey }) => [priority, queuedAt, deliveryKey],
      )
        .slice(0, limit)
        .map(own),
    takeMessage: async (deliveryKey, now) => {
      const message = outbox.at(deliveryKey);
      if (!message || !mayGo(message, now)) return false;
      change(deliveryKey, { at: "sending", since: now }, message.attempts + 1);
      return true;
    },
    setMessageState: async (deliveryKey, state, attempts, notBefore) =>
      change(deliveryKey, state, attempts, notBefore),
    countMessages: async (contact, since) =>
      outbox.filter(
        (row) =>
          row.contact === contact &&
          row.queuedAt >= since &&
          ["sending", "delivered", "unknown"].includes(row.state.at),
      ).length,
    countDelivered: async (contact) =>
      outbox.filter((row) => row.contact === contact && row.state.at === "delivered").length,
  } satisfies Partial<CaseSession>;
}

/** With bytes that nobody else can change. */
function own(message: OutboundMessage): OutboundMessage {
  return { ...message, bytes: message.bytes.slice() };
}
