import { expect, test } from "vitest";
import { dayOf, shanghaiDayOf } from "./calendar.ts";
import { diapersPerDay, stageBoundaries } from "./growth.ts";
import { isAway } from "./household.ts";
import { families } from "./town.ts";

const until = "2026-11-21";
const end = dayOf(until);
const town = [...families({ seed: 11, families: 3000, until, behaviour: "sparse" })];
const orders = town.flatMap(({ shopping }) => shopping.orders);
const lines = orders.flatMap((order) =>
  order.lines.map((line) => ({ order, line, age: shanghaiDayOf(order.at) - line.child.bornOn })),
);

test("diapers come in as they go out", () => {
  let used = 0;
  let came = 0;
  let needed = 0;
  for (const { shopping, household } of town) {
    for (const stock of shopping.stocks) {
      if (stock.category !== "diapers") continue;
      expect(stock.bought + stock.boughtElsewhere - stock.used).toBeCloseTo(stock.left, 3);
      used += stock.used;
      came += stock.bought + stock.boughtElsewhere;
      const { bornOn, driedAt } = stock.child;
      for (let day = Math.max(household.contactOn, bornOn); day < Math.min(end, bornOn + driedAt); day++)
        needed += diapersPerDay(day - bornOn);
    }
  }
  expect(used / needed).toBeGreaterThan(0.96);
  expect(used / needed).toBeLessThanOrEqual(1.0001);
  expect(came / used).toBeLessThan(1.15);
});

test("formula is of the stage the child is at, or is about to be", () => {
  const bounds = [0, ...stageBoundaries, 2200];
  const formula = lines.filter(({ line }) => line.product.category === "formula");
  expect(formula.length).toBeGreaterThan(3000);
  for (const { line, age } of formula) {
    const stage = line.product.stage!;
    expect(age).toBeGreaterThan(bounds[stage - 1]! - 130);
    expect(age).toBeLessThan(bounds[stage]!);
  }
  const atStage = formula.filter(({ line, age }) => age >= bounds[line.product.stage! - 1]!);
  expect(atStage.length / formula.length).toBeGreaterThan(0.9);
});

test("goods suit the age they are stated for", () => {
  const suited = lines.filter(
    ({ line, age }) => age >= line.product.fromDays - 60 && age <= line.product.toDays + 30,
  );
  expect(suited.length / lines.length).toBeGreaterThan(0.95);
});

test("maternity goods are bought before and soon after the birth, food from six months", () => {
  for (const { line, age } of lines) {
    if (line.product.category === "maternity") expect(age).toBeLessThanOrEqual(150);
    if (line.product.category === "food") expect(age).toBeGreaterThan(170);
  }
});

test("11-11 is eight to ten times a normal day, 618 less, and quiet days follow", () => {
  const byDay = new Map<number, number>();
  for (const { at } of orders) byDay.set(shanghaiDayOf(at), (byDay.get(shanghaiDayOf(at)) ?? 0) + 1);
  const mean = (from: string, to: string) => {
    let sum = 0;
    for (let day = dayOf(from); day <= dayOf(to); day++) sum += byDay.get(day) ?? 0;
    return sum / (dayOf(to) - dayOf(from) + 1);
  };
  const lift = (date: string) =>
    mean(date, date) / mean(`${date.slice(0, 4)}-09-20`, `${date.slice(0, 4)}-10-25`);
  const singles = (lift("2025-11-11") + lift("2026-11-11")) / 2;
  expect(singles).toBeGreaterThan(7.5);
  expect(singles).toBeLessThan(11);
  const june = mean("2026-06-18", "2026-06-18") / mean("2026-04-20", "2026-05-25");
  expect(june).toBeGreaterThan(5);
  expect(june).toBeLessThan(singles + 1.5);
  expect(mean("2026-11-13", "2026-11-19") / mean("2026-09-20", "2026-10-25")).toBeLessThan(0.95);
});

test("nobody orders while away, or before the first contact", () => {
  for (const { household, shopping } of town) {
    for (const order of shopping.orders) {
      const day = shanghaiDayOf(order.at);
      expect(day).toBeGreaterThanOrEqual(household.contactOn);
      expect(isAway(household, day)).toBe(false);
    }
  }
});

test("an order adds up, and says why each line was bought", () => {
  for (const order of orders) {
    const sum = order.lines.reduce((all, line) => all + line.priceFen * line.quantity, 0);
    expect(order.totalFen).toBe(sum - (order.coupon?.amountFen ?? 0));
    expect(order.totalFen).toBeGreaterThan(0);
    for (const line of order.lines) expect(line.quantity >= 1 && line.quantity <= 12).toBe(true);
  }
  expect(new Set(lines.map(({ line }) => line.why))).toEqual(
    new Set(["consumption", "stockpile", "promotion", "gift"]),
  );
  expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
});

test("families stay with their formula far more than with their toys", () => {
  const stay = (category: string) => {
    let same = 0;
    let all = 0;
    for (const { shopping } of town) {
      const brands = shopping.orders.flatMap((order) =>
        order.lines
          .filter(({ product }) => product.category === category)
          .map(({ product }) => product.brand.code),
      );
      brands.forEach((brand, i) => {
        if (i === 0) return;
        all++;
        if (brand === brands[i - 1]) same++;
      });
    }
    return same / all;
  };
  expect(stay("formula")).toBeGreaterThan(0.88);
  expect(stay("toys")).toBeLessThan(0.6);
});
