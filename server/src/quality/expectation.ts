import { rateAt, type SeasonalModel } from "@stork/models/watch/seasonal.ts";
import { type ShopDay, shopDay } from "../catalog/shop-days.ts";
import { zoneOffset } from "../cleaning/zone.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const stepMs = 10 * 60_000;

/** Events a seasonal model expects between two moments of a workspace's wall clock. */
export function expectedBetween(model: SeasonalModel, zone: string, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; ) {
    const end = Math.min(to, at + stepMs);
    const { day, hour } = wallOf(zone, (at + end) / 2);
    sum += (rateAt(model, day, hour) * (end - at)) / hourMs;
    at = end;
  }
  return sum;
}

/** The kind of day at a moment, and the hour of its wall clock with its fraction. */
export function wallOf(zone: string, at: number): { day: ShopDay; hour: number; on: number } {
  const wall = at + zoneOffset(zone, at);
  const on = Math.floor(wall / dayMs);
  return { day: dayOf(on), hour: (wall - on * dayMs) / hourMs, on };
}

const days = new Map<number, ShopDay>();

/** The kind of a day counted from 1970-01-01. */
export function dayOf(on: number): ShopDay {
  let day = days.get(on);
  if (day === undefined) {
    day = shopDay(new Date(on * dayMs).toISOString().slice(0, 10));
    if (days.size > 5000) days.clear();
    days.set(on, day);
  }
  return day;
}
