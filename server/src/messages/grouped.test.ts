import { expect, test } from "vitest";
import { grouped } from "./grouped.ts";

test("what is asked together goes in one call, and everybody gets their own answer", async () => {
  const calls: number[][] = [];
  const double = grouped(async (items: number[]) => {
    calls.push(items);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return items.map((item) => item * 2);
  });
  const first = [1, 2, 3].map(double);
  await new Promise((resolve) => setTimeout(resolve, 2));
  const second = [4, 5].map(double);
  expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10]);
  expect(calls).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test("a failure is told to those who asked, not to those who ask later", async () => {
  let fails = true;
  const ask = grouped(async (items: string[]) => {
    if (fails) throw new Error("down");
    return items;
  });
  await expect(Promise.all([ask("a"), ask("b")])).rejects.toThrow("down");
  fails = false;
  expect(await ask("c")).toBe("c");
});
