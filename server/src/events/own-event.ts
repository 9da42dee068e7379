import type { Event } from "./event.ts";
import { ownText } from "./own-text.ts";

/**
 * An event with nothing held of what it came with: for whoever keeps it longer than a moment. An event of a delivery
 * or of a slice of a file is read from memory that it shares with thousands of others.
 */
export function ownEvent(event: Event): Event {
  const { rule, message, at, type, name, orderId, amountFen, quantity, items } = event;
  const { marks, excluded, properties, said } = event;
  const identifiers = event.identifiers.map(({ namespace, value }) => ({ namespace, value: ownText(value) }));
  return {
    ...{ identifiers, rule, message, at, type, name, orderId, amountFen, quantity, items },
    ...{ marks, excluded, properties, said },
  };
}
