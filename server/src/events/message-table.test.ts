import fc from "fast-check";
import { expect, test } from "vitest";
import { headOf, MessageTable, tailOf } from "./message-table.ts";

// Few low bits: many begin at the same place, and some beyond the table's end.
const message = fc
  .record({ low: fc.integer({ min: 0, max: 40 }), high: fc.integer({ min: 0, max: 3 }) })
  .map(({ low, high }) => String(BigInt(high) * 10n ** 10n + BigInt(low)));
const step = fc.record({ message, isThere: fc.boolean(), value: fc.nat() });

test("holds what a map holds, whatever is added and deleted", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = new MessageTable(16, { withValues: true });
      const map = new Map<string, number>();
      for (const { message, isThere, value } of steps) {
        const [head, tail] = [headOf(message), tailOf(message)];
        if (!isThere) {
          table.delete(head, tail);
          map.delete(message);
        } else if (map.size < 16 || map.has(message)) {
          table.add(head, tail, value);
          map.set(message, value);
        }
        expect(table.size).toBe(map.size);
        for (const { message } of steps)
          expect(table.get(headOf(message), tailOf(message))).toBe(map.get(message));
      }
    }),
  );
});

test("tells apart any two messages of 64 bits", () => {
  const some = ["0", "1", "9999999999", "10000000000", "18446744073709551615", "18446744073709551614"];
  const table = new MessageTable(some.length, { withValues: true });
  for (const [i, one] of some.entries()) table.add(headOf(one), tailOf(one), i);
  expect(some.map((one) => table.get(headOf(one), tailOf(one)))).toEqual([0, 1, 2, 3, 4, 5]);
});
