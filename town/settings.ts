import { type Day, dayOf } from "./calendar.ts";
import { mostFamilies } from "./phones.ts";

/** How much of the browsing is told: all, or only sign-ins, orders, refunds and reviews (a fifth of the messages). */
export type Behaviour = "full" | "sparse";

export type TownSettings = {
  readonly seed: number;
  readonly families: number;
  /** The town's three years end with the day before this date (YYYY-MM-DD, Shanghai). */
  readonly until: string;
  /** `sparse` leaves out browsing; orders and the truth stay the same. */
  readonly behaviour?: Behaviour;
  /** Shared devices, store phones, slips of the finger, former numbers among the messages; none unless told. */
  readonly dirt?: boolean;
};

/** The town's time: from the first day to the last, both included. */
export type Window = { readonly from: Day; readonly to: Day };

/** Three years that end with the day before `until`. */
export function windowOf(until: string): Window {
  const end = dayOf(until);
  return { from: end - 1096, to: end - 1 };
}

export function checkSettings({ seed, families, until }: TownSettings): void {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed must be a whole number from 0, not ${seed}`);
  if (!Number.isSafeInteger(families) || families < 1 || families > mostFamilies) {
    throw new RangeError(`families must be a whole number from 1 to ${mostFamilies}, not ${families}`);
  }
  windowOf(until);
}
