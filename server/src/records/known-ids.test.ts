import { expect, test } from "vitest";
import { KnownIds } from "./known-ids.ts";

/** Halves of an id that looks like a hash. */
function halves(n: number): [number, number] {
  const mixed = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) ^ Math.imul(n, 0x297a2d39);
  return [mixed >>> 0, Math.imul(mixed ^ (mixed >>> 13), 0x9e3779b1) >>> 0];
}

test("ids far beyond the number expected are all known, and few others look so", () => {
  const ids = new KnownIds(1_000);
  const many = 400_000;
  for (let n = 0; n < many; n += 1) ids.add(...halves(n));
  let forgotten = 0;
  let mistaken = 0;
  for (let n = 0; n < many; n += 1) {
    if (!ids.mayHave(...halves(n))) forgotten += 1;
    if (ids.mayHave(...halves(n + many))) mistaken += 1;
  }
  expect(forgotten).toBe(0);
  expect(mistaken / many).toBeLessThan(0.001);
});
