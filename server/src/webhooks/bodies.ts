import { createHash } from "node:crypto";
import type { CommittedRow } from "../events/committed-row.ts";
import type { NewDelivery } from "./deliveries.store.ts";

/** Enough of a hash that two deliveries of one webhook never share an id. */
const idOf = (...parts: readonly (string | number)[]): string =>
  `msg_${createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, 27)}`;

/**
 * What a receiver is told of an event. Pseudonymous: the person by number, which an API key can ask about; what
 * identifies never leaves this way.
 */
export function eventDelivery(webhook: number, { event, node }: CommittedRow, person: number): NewDelivery {
  const { message, name, at, orderId, amountFen, quantity, items } = event;
  return {
    ...{ id: idOf(webhook, "event", message), webhook, topic: "event", about: name },
    body: {
      type: "event",
      timestamp: new Date(at).toISOString(),
      data: {
        ...{ event: name, person: String(person), node: String(node), at: new Date(at).toISOString() },
        ...(orderId === "" ? {} : { orderId }),
        ...(amountFen === 0 ? {} : { amountFen }),
        ...(quantity === 0 ? {} : { quantity }),
        ...(items.length === 0 ? {} : { items }),
        properties: read(event.properties),
      },
    },
  };
}

export interface SegmentChange {
  segment: number;
  person: number;
  member: number;
  /** ISO 8601. */
  at: string;
}

export function changeDelivery(webhook: number, name: string, change: SegmentChange): NewDelivery {
  const topic = change.member === 1 ? "segment.entered" : "segment.left";
  const { segment, person, at } = change;
  return {
    ...{ id: idOf(webhook, topic, segment, person, at), webhook, topic, about: name },
    body: {
      type: topic,
      timestamp: at,
      data: { segment: { id: String(segment), name }, person: String(person), at },
    },
  };
}

function read(properties: string): unknown {
  try {
    return JSON.parse(properties);
  } catch {
    return {};
  }
}
