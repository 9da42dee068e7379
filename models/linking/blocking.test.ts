import fc from "fast-check";
import { expect, test } from "vitest";
import { uniformOf } from "../imputation/draws.ts";
import { agreementOf } from "./agreement.ts";
import { blocksOf, eachPair, keyOf, pairsOf, stretchesOf } from "./blocking.ts";
import { clustersOf, oneToOne } from "./clusters.ts";
import { columnOf } from "./column.ts";
import { type Comparison, recordsFrom } from "./comparison.ts";
import { linkRecords } from "./link.ts";

test("every pair that shares a key of some rule comes once, whatever the stretches", () => {
  const keys = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 50 }), (rows, size) => {
      const rules = [0, 1].map((rule) =>
        blocksOf(
          Uint32Array.from(rows, (row) => row[rule]!),
          { most: 100 },
        ),
      );
      const found: string[] = [];
      for (const stretch of stretchesOf(rules, size))
        eachPair(rules, stretch, {}, (a, b) => found.push(`${a} ${b}`));
      const wanted = rows.flatMap((one, a) =>
        rows.flatMap((other, i) =>
          i > a && one.some((key, rule) => key !== 0 && key === other[rule]) ? [`${a} ${i}`] : [],
        ),
      );
      expect(found.toSorted()).toEqual(wanted.toSorted());
    }),
  );
});

test("a block above its bound costs a window a record, and no pair comes twice", () => {
  const n = 1_000;
  const crowd = blocksOf(new Uint32Array(n).fill(7), { most: 50, window: 5 });
  const halves = blocksOf(
    Uint32Array.from({ length: n }, (_, i) => 1 + (i % 500)),
    { most: 50 },
  );
  const found: string[] = [];
  for (const stretch of stretchesOf([crowd, halves]))
    eachPair([crowd, halves], stretch, {}, (a, b) => found.push(`${a} ${b}`));
  expect(found.length).toBe(new Set(found).size);
  expect(found.length).toBe(pairsOf(crowd, 0, n) + 500);
});

test("a key is missing as soon as one of its parts is", () => {
  expect(keyOf(1, 5, 0)).toBe(0);
  expect(keyOf(1, 5, 6)).not.toBe(keyOf(1, 6, 5));
});

const pairs = (list: [number, number, number][]) => ({
  first: Int32Array.from(list, ([a]) => a),
  second: Int32Array.from(list, ([, b]) => b),
  weight: Float32Array.from(list, ([, , weight]) => weight),
});

test("a bridge between two persons that are otherwise told apart joins nobody", () => {
  const list = pairs([
    [0, 1, 12],
    [2, 3, 11],
    [1, 2, 3],
  ]);
  const weight = (a: number, b: number) => (a < 2 && b > 1 ? (a === 1 && b === 2 ? 3 : -15) : 11);
  expect([...clustersOf(4, list, { least: 0 })]).toEqual([0, 0, 0, 0]);
  expect([...clustersOf(4, list, { least: 0, weight, leastMean: -3 })]).toEqual([0, 0, 2, 2]);
  expect([...clustersOf(4, list, { least: 0, mostMembers: 2 })]).toEqual([0, 0, 2, 2]);
  expect([...oneToOne(4, list, 0)]).toEqual([0, 0, 2, 2]);
});

test("agreement counts pairs, not clusters", () => {
  expect(agreementOf([1, 1, 1, 2], [5, 5, 6, 6])).toMatchObject({
    truePairs: 3,
    foundPairs: 2,
    rightPairs: 1,
  });
  expect(agreementOf([1, 1, 2], [1, 2, 1], Uint8Array.of(0, 1, 1))).toMatchObject({
    truePairs: 1,
    rightPairs: 0,
  });
});

test("m, u and λ that records were made with are found again without labels", () => {
  const uniform = uniformOf(5);
  const fields = [0.9, 0.8, 0.7, 0.95];
  const values = 50;
  const people = 1_500;
  const rows: string[][] = [];
  for (let person = 0; person < people; person++) {
    const own = fields.map(() => Math.floor(uniform() * values));
    // One in three is there twice; of the second record a field agrees with its share of m.
    rows.push(own.map(String));
    if (person % 3 === 0)
      rows.push(
        own.map((value, i) =>
          String(
            uniform() < fields[i]! ? value : (value + 1 + Math.floor(uniform() * (values - 1))) % values,
          ),
        ),
      );
  }
  const comparisons: Comparison[] = fields.map((_, i) => ({ field: `f${i}`, kind: "exact" }));
  const records = recordsFrom(
    comparisons,
    fields.map((_, i) => columnOf(rows.map((row) => row[i]!))),
  );
  const everyTwo = [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ].map(([i, j]) =>
    blocksOf(
      Uint32Array.from(rows, (row) => keyOf(i! * 4 + j!, Number(row[i!]) + 1, Number(row[j!]) + 1)),
      { most: 1_000 },
    ),
  );
  const { model } = linkRecords(comparisons, records, everyTwo, { seed: 3 });
  expect(model.lambda * model.trained.pairs).toBeGreaterThan(400);
  expect(model.lambda * model.trained.pairs).toBeLessThan(620);
  for (const [i, m] of fields.entries()) {
    expect(Math.abs(model.m[i]![1]! - m)).toBeLessThan(0.06);
    expect(Math.abs(model.u[i]![1]! - 1 / values)).toBeLessThan(0.005);
  }
});

test("what cannot be linked is refused", () => {
  const comparisons: Comparison[] = [{ field: "a", kind: "exact" }];
  const one = recordsFrom(comparisons, [columnOf(["x"])]);
  expect(() => linkRecords(comparisons, one, [], { seed: 1 })).toThrow(RangeError);
});
