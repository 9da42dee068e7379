import type { Event, Outline } from "../events/event.ts";
import { add, type Tally } from "./tally.ts";

/** What every event is counted by; the rest is looked at in a sample (look-at-fields.ts). */
export type Counted = Pick<
  Event,
  "at" | "name" | "orderId" | "amountFen" | "items" | "marks" | "excluded" | "outline"
> & {
  readonly identifiers: readonly { readonly namespace: string }[] | null;
};

/** From here on an event is late. */
const lateMs = 2 * 3_600_000;
/** An event this far in the future says that the sender's clock is wrong. */
const aheadMs = 5 * 60_000;

const orders: ReadonlySet<string> = new Set(["Order Completed", "Order Paid", "Order Placed"]);
const categories: ReadonlySet<string> = new Set([
  ...["formula", "diapers", "clothing", "toys", "maternity", "food", "complementary-food"],
  ...["奶粉", "纸尿裤", "童装", "玩具", "孕产用品", "辅食"],
]);

/**
 * Counts one event. Every event that arrives pays for this: a few additions for most of them. `imported` ones are not
 * asked how late they are, since a file tells of what is long past.
 */
export function countEvent(tally: Tally, event: Counted, received: number, imported: boolean): void {
  add(tally, "events");
  if (imported) add(tally, "imported");
  else countLag(tally, received - event.at);
  if (event.excluded) add(tally, "excluded");
  for (const mark of event.marks) add(tally, `mark:${mark}`);
  const { outline } = event;
  countNames(tally, event, outline);
  if (orders.has(event.name)) countOrder(tally, event, outline, imported);
}

function countNames(tally: Tally, event: Counted, outline: Outline | undefined): void {
  if (outline === undefined && event.identifiers === null) return;
  add(tally, "named");
  const isAnonymous =
    outline === undefined
      ? (event.identifiers ?? []).every(({ namespace }) => isWeak(namespace))
      : outline.namespaces.every(isWeak);
  if (isAnonymous) add(tally, "anonymous");
}

/** The lag in powers of two of seconds: lag0 is below one second, lag13 two hours and more. */
function countLag(tally: Tally, lag: number): void {
  if (lag < -aheadMs) add(tally, "ahead");
  if (lag >= lateMs) add(tally, "late");
  const bin = lag < 1000 ? 0 : 32 - Math.clz32(Math.min(lag / 1000, 2 ** 30));
  add(tally, lagKeys[bin] as string);
}

const lagKeys: readonly string[] = Array.from({ length: 33 }, (_, bin) => `lag${bin}`);

const isWeak = (namespace: string): boolean => namespace === "anonymous" || namespace === "device";

/** A shop's files tell of an order twice: one report has its head, told first, another its goods. */
function countOrder(tally: Tally, event: Counted, outline: Outline | undefined, imported: boolean): void {
  const hasId = outline?.hasOrderId ?? event.orderId !== "";
  const sold = outline?.categories ?? event.items.map(({ category }) => category);
  add(tally, "orders");
  if (!hasId) add(tally, "orders-without-id");
  if (event.amountFen === 0) add(tally, "orders-without-amount");
  if (imported) add(tally, "orders-imported");
  else if (sold.length === 0) add(tally, "orders-without-items");
  for (const category of sold) {
    add(tally, "items");
    if (category === "") add(tally, "items-without-category");
    else if (!categories.has(category)) add(tally, "items-of-unknown-category");
  }
}
