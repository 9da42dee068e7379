import { expect, test } from "vitest";
import { formats } from "../ui/format.ts";
import { palettes } from "../ui/theme.ts";
import { historyOption } from "./history-option.ts";

const style = { palette: palettes.light, formats: formats("en", "Asia/Shanghai") };
const words = { value: "Value", usual: "Usual", threshold: "Limit" };
const axisOf = (unit: "share" | "level", value: number, high: number | null) => {
  const points = [{ at: "2026-11-20T00:00:00Z", value, of: 10, low: null, high }];
  const { yAxis } = historyOption(points, { unit, threshold: null, step: "hour" }, style, words);
  return yAxis as { min: number; max?: number; interval?: number };
};

test("an axis of shares ends at the whole, and one of small shares is left as close as it is", () => {
  expect(axisOf("share", 1, null)).toMatchObject({ min: 0, max: 1, interval: 0.25 });
  expect(axisOf("share", 0.2, 1)).toMatchObject({ max: 1 });
  expect(axisOf("share", 0.02, 0.05).max).toBeUndefined();
  expect(axisOf("level", 1.4, null).max).toBeUndefined();
});
