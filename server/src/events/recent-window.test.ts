import fc from "fast-check";
import { expect, test } from "vitest";
import { RecentWindow } from "./recent-window.ts";

test("remembers the last half for certain and never invents", () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 300 }), (hashes) => {
      const window = new RecentWindow(32);
      for (const hash of hashes) window.add(hash);
      const distinct = [...new Set(hashes.reverse())];
      for (const hash of distinct.slice(0, 16)) expect(window.has(hash)).toBe(true);
      const given = new Set(hashes.map((hash) => (hash === 0n ? 1n : hash)));
      for (let hash = 2n ** 40n; hash < 2n ** 40n + 50n; hash += 1n)
        expect(window.has(hash)).toBe(given.has(hash));
    }),
  );
});

test("forgets what is far back, so that its size stays", () => {
  const window = new RecentWindow(100);
  for (let i = 1n; i <= 1000n; i += 1n) window.add((i * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn);
  expect(window.has(0x9e3779b97f4a7c15n)).toBe(false);
  expect(window.has((1000n * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn)).toBe(true);
});
