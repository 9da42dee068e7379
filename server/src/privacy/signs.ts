import type { SilenceSign } from "@stork/contract/privacy.ts";

/** What is known of a family that expects a child; gathered by signs.store.ts. Days count back from today. */
export interface Expecting {
  /** Since the due date; negative while it lies ahead. */
  readonly daysPastDue: number;
  /** Orders of anything for mothers or babies before the due date. */
  readonly ordersBefore: number;
  /** Orders of anything for a born child, from a month before the due date on. */
  readonly birthOrders: number;
  /** Returns of maternity goods in the last fortnight, and orders after the first of them. */
  readonly returns: number;
  readonly ordersSinceReturn: number;
}

/** A birth two weeks late, and six for a family that has other things to do than tell a shop. */
const longPastDays = 56;
const fewestReturns = 2;

/**
 * Whether signs alone say that silence is kinder. They may be wrong, so they may only ever silence: a family that bought
 * before and has not bought a thing for a baby since is more likely a customer lost than a child, and loses a few
 * messages by it; one that lost the child is spared all of them.
 */
export function signOf(family: Expecting): SilenceSign | null {
  const { daysPastDue, ordersBefore, birthOrders, returns, ordersSinceReturn } = family;
  if (daysPastDue >= longPastDays && ordersBefore > 0 && birthOrders === 0)
    return { kind: "due-date-passed", days: daysPastDue, items: ordersBefore };
  if (daysPastDue < longPastDays && returns >= fewestReturns && ordersSinceReturn === 0 && birthOrders === 0)
    return { kind: "maternity-returned", days: daysPastDue, items: returns };
  return null;
}
