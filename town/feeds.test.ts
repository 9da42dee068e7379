import { expect, test } from "vitest";
import { dayOf, shanghaiDayOf, startOf } from "./calendar.ts";
import { type Breakage, brokenEvents, brokenFiles } from "./feeds/breakages.ts";
import { expectedPerDay } from "./feeds/demand.ts";
import { dailyFiles } from "./feeds/files.ts";
import { type FeedEvent, liveEvents } from "./feeds/live.ts";

const at = (date: string): number => startOf(dayOf(date));
const settings = {
  seed: 3,
  shop: "tmall" as const,
  from: at("2026-03-01"),
  to: at("2026-03-22"),
  ordersPerDay: 40,
};
const events = [...liveEvents(settings)];
const named = (list: readonly FeedEvent[], name: string) =>
  list.filter(({ message }) => message.event === name);

test("a feed comes in the order of arrival, within its range, each message once, and again the same", () => {
  const arrivals = events.map(({ receivedAt }) => receivedAt);
  expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
  expect(arrivals[0]).toBeGreaterThanOrEqual(settings.from);
  expect(arrivals.at(-1)).toBeLessThan(settings.to);
  expect(new Set(events.map(({ message }) => message.messageId)).size).toBe(events.length);
  expect(JSON.stringify([...liveEvents(settings)])).toBe(JSON.stringify(events));
  expect(JSON.stringify([...liveEvents({ ...settings, seed: 4 })])).not.toBe(JSON.stringify(events));
});

test("a shorter range is a part of a longer one", () => {
  const part = [...liveEvents({ ...settings, from: at("2026-03-10"), to: at("2026-03-12") })];
  const same = events.filter(
    ({ receivedAt }) => receivedAt >= at("2026-03-10") && receivedAt < at("2026-03-12"),
  );
  expect(part).toEqual(same);
  expect(part.length).toBeGreaterThan(300);
});

test("few arrive late, and as many orders as expected", () => {
  const late = events.filter((event) => event.receivedAt - event.at > 2 * 3_600_000);
  expect(late.length / events.length).toBeGreaterThan(0.005);
  expect(late.length / events.length).toBeLessThan(0.025);
  const days = Array.from({ length: 21 }, (_, i) => dayOf("2026-03-01") + i);
  const expected = days.reduce((sum, day) => sum + expectedPerDay(day, 40), 0);
  expect(Math.abs(named(events, "Order Completed").length / expected - 1)).toBeLessThan(0.12);
});

test("11-11 and 618 tower, the Spring Festival rests", () => {
  const on = (date: string): number => expectedPerDay(dayOf(date), 100);
  expect(on("2026-11-11")).toBeGreaterThan(600);
  expect(on("2026-06-18")).toBeGreaterThan(450);
  expect(on("2026-02-17")).toBeLessThan(45);
  expect(on("2026-04-15")).toBeGreaterThan(85);
});

test("the daily files tell of the same orders as the live feed", () => {
  const files = [...dailyFiles(settings)];
  expect(files).toHaveLength(21);
  const told = new Set(files.flatMap(({ rows }) => rows.map((row) => row[0])));
  const lived = named(events, "Order Completed").filter(
    (event) => shanghaiDayOf(event.at) <= dayOf("2026-03-20"),
  );
  expect(lived.length).toBeGreaterThan(500);
  for (const { message } of lived) expect(told.has(message.properties?.["order_id"] as string)).toBe(true);
  expect(files.every(({ deliveredAt }) => deliveredAt >= settings.from && deliveredAt < settings.to)).toBe(
    true,
  );
});

const from = at("2026-03-15");
const broken = (breakage: Omit<Breakage, "from">) => [...brokenEvents(events, { from, ...breakage })];
const afterwards = (list: readonly FeedEvent[]) => list.filter(({ receivedAt }) => receivedAt >= from);

test("a broken feed is as it was before the moment, and broken after it", () => {
  expect(afterwards(broken({ kind: "stops" }))).toHaveLength(0);
  expect(broken({ kind: "stops" })).toEqual(events.filter(({ receivedAt }) => receivedAt < from));

  const empty = named(broken({ kind: "null-field", field: "total" }), "Order Completed");
  for (const { message, receivedAt } of empty)
    expect(message.properties?.["total"] === null).toBe(receivedAt >= from);

  const sum = (list: readonly FeedEvent[]) =>
    named(afterwards(list), "Order Completed").reduce(
      (all, { message }) => all + (message.properties?.["total"] as number),
      0,
    );
  expect(sum(broken({ kind: "price-x100" })) / sum(events)).toBeCloseTo(100, 3);

  const title = ({ message }: FeedEvent) => String(message.properties?.["name"]);
  const views = named(afterwards(broken({ kind: "gbk-damage" })), "Product Viewed");
  const clean = new Set(named(events, "Product Viewed").map(title));
  const damaged = views.filter((event) => !clean.has(title(event))).length / views.length;
  expect(damaged).toBeGreaterThan(0.25);
  expect(damaged).toBeLessThan(0.35);
});

test("broken files: none, an empty column, prices a hundredfold, names garbled", () => {
  const files = [...dailyFiles(settings)];
  const made = (breakage: Omit<Breakage, "from">) => [...brokenFiles(files, { from, ...breakage })];
  expect(made({ kind: "stops" })).toHaveLength(14);
  const last = (breakage: Omit<Breakage, "from">) => made(breakage).at(-1)!.rows;
  expect(last({ kind: "null-field" }).every((row) => row[4] === "")).toBe(true);
  expect(Number(last({ kind: "price-x100" })[0]![11])).toBeCloseTo(
    Number(files.at(-1)!.rows[0]![11]) * 100,
    6,
  );
  expect(last({ kind: "gbk-damage", share: 1 })[0]![9]).not.toBe(files.at(-1)!.rows[0]![9]);
});
