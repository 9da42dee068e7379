import { expect, test } from "vitest";
import { shopDay } from "./shop-days.ts";

test.each([
  ["2026-11-18", 2, null],
  ["2026-06-18", 3, "618"],
  ["2026-11-11", 2, "1111"],
  ["2026-10-01", 3, "national-day"],
  ["2026-02-17", 1, "spring-festival"],
  // Saturdays worked to make up for the Spring Festival and the National Day.
  ["2026-02-14", 4, null],
  ["2026-10-10", 4, null],
  // Not announced when this was written: by the law and by the moon.
  ["2030-10-02", 2, "national-day"],
  ["2030-02-03", 6, "spring-festival"],
])("%s is weekday %i, special %s", (date, weekday, special) => {
  expect(shopDay(date)).toEqual({ weekday, special });
});
