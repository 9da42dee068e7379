import fc from "fast-check";
import { expect, test } from "vitest";
import { canKeep, type SaidWord, SaidWords, unsaid } from "./said-words.ts";

const word = fc.record({
  text: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  rest: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
  at: fc.integer({ min: 1 - 2 ** 47, max: 2 ** 47 - 1 }),
});
// Few numbers that differ in one half only, and any.
const node = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 48 - 1 }),
  fc.constantFrom(1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 33 + 1, 2 ** 48 - 1),
);

test("remembers of each node and kind the word set last, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(node, fc.constantFrom(0, 1, 999), word), { maxLength: 200 }),
      node,
      (steps, other) => {
        const words = new SaidWords();
        const told = new Map<string, SaidWord>();
        for (const [node, kind, word] of steps) {
          words.set(node, kind, word);
          told.set(`${node} ${kind}`, word);
        }
        expect(words.count).toBe(told.size);
        for (const [node, kind] of steps) expect(words.get(node, kind)).toEqual(told.get(`${node} ${kind}`));
        expect(words.get(other, 7)).toBeUndefined();
        words.clear();
        expect(words.count).toBe(0);
        for (const [node, kind] of steps) expect(words.get(node, kind)).toBeUndefined();
      },
    ),
  );
});

test("holds hundreds of thousands of nodes that were numbered one after the other", () => {
  const words = new SaidWords();
  const count = 200_000;
  const of = (i: number): SaidWord => ({
    text: (i * 7919) >>> 0,
    rest: i & 0xffff,
    at: 1_700_000_000_000 + i,
  });
  for (let i = 1; i <= count; i += 1) words.set(i * 2, i % 3, of(i));
  expect(words.count).toBe(count);
  for (let i = 1; i <= count; i += 997) {
    expect(words.get(i * 2, i % 3)).toEqual(of(i));
    expect(words.get(i * 2, (i + 1) % 3)).toBeUndefined();
    expect(words.get(i * 2 + 1, i % 3)).toBeUndefined();
  }
});

test("what was taken back is older than anything that is said", () => {
  const words = new SaidWords();
  words.set(5, 0, unsaid);
  expect(words.get(5, 0)?.at).toBe(-(2 ** 47));
  expect([-(2 ** 47), 2 ** 47, Number.NaN].map(canKeep)).toEqual([false, false, false]);
  expect([-1, 0, Date.now()].map(canKeep)).toEqual([true, true, true]);
});
