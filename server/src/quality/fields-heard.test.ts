import { expect, test } from "vitest";
import { FieldsHeard } from "./fields-heard.ts";

const weekMs = 7 * 86_400_000;

test("a source filled with names that were data has room again when they have not come for a week", () => {
  const fields = new FieldsHeard();
  const junk = Array.from({ length: 5_000 }, (_, i) => fields.hears(1, `event ${i % 100}`, `id_${i}`, 0));
  expect(junk.filter((counted) => counted)).toHaveLength(4_000);
  expect(fields.hears(1, "Order Completed", "total", weekMs - 1)).toBe(false);
  expect(fields.hears(2, "Order Completed", "total", 0)).toBe(true);
  expect(fields.hears(1, "event 0", "id_0", weekMs + 1)).toBe(true);
  expect(fields.hears(1, "Order Completed", "total", 2 * weekMs)).toBe(true);
  expect(fields.hears(1, "event 1", "id_1", 2 * weekMs)).toBe(true);
});
