import fc from "fast-check";
import { expect, test } from "vitest";
import { headOf, tailOf } from "./message-table.ts";
import { RecentWindow } from "./recent-window.ts";

test("remembers the last half for certain and never invents", () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), { maxLength: 300 }),
      (hashes) => {
        const window = new RecentWindow(32);
        for (const hash of hashes) add(window, hash);
        const distinct = [...new Set(hashes.reverse())];
        for (const hash of distinct.slice(0, 16)) expect(has(window, hash)).toBe(true);
        const given = new Set(hashes);
        for (let i = 0n; i < 50n; i += 1n)
          for (const hash of [String(i), String(2n ** 40n + i), String(2n ** 64n - 1n - i)])
            expect(has(window, hash) && !given.has(hash)).toBe(false);
      },
    ),
  );
});

test("forgets what is far back, so that its size stays", () => {
  const window = new RecentWindow(100);
  for (let i = 1n; i <= 1000n; i += 1n) add(window, spread(i));
  expect(has(window, spread(1n))).toBe(false);
  expect(has(window, spread(1000n))).toBe(true);
});

const has = (window: RecentWindow, hash: string) => window.has(headOf(hash), tailOf(hash));
const add = (window: RecentWindow, hash: string) => window.add(headOf(hash), tailOf(hash));
const spread = (i: bigint): string => String((i * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn);
