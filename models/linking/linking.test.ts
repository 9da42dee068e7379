import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { columnOf } from "./column.ts";
import { damerau, levenshtein } from "./edit-distance.ts";
import { expectMaximise, type Parameters, posteriors } from "./em.ts";
import { jaro, jaroWinkler } from "./jaro-winkler.ts";
import { type LinkModel, scorerOf } from "./model.ts";
import { PatternCounter } from "./patterns.ts";

const shared = join(import.meta.dirname, "../../../shared");
const there = existsSync(join(shared, "refs/09_fellegi_sunter.json"));

const read = (name: string) => JSON.parse(readFileSync(join(shared, "refs", name), "utf8"));
function csv(name: string): Record<string, string>[] {
  const lines = readFileSync(join(shared, "data/record_linkage", name), "utf8")
    .trim()
    .split(/\r?\n/);
  const heads = lines[0]!.split(",").map((each) => each.trim());
  return lines.slice(1).map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(heads.map((head, i) => [head, (cells[i] ?? "").trim()]));
  });
}

type Table = number[][];
const near = (found: Table, known: Table, digits = 9) =>
  known.forEach((each, i) => {
    each.forEach((value, level) => {
      expect(found[i]![level]!).toBeCloseTo(value, digits);
    });
  });

describe.skipIf(!there)("against published figures (../shared/refs/09_*.json)", () => {
  test("likeness and distance of words", () => {
    for (const { a, b, ...known } of read("09_febrl.json").string_similarity) {
      const { units, starts } = columnOf([a, b]);
      const ranges = [units, 0, starts[1]!, starts[1]!, starts[2]!] as const;
      expect(jaro(...ranges), `${a} ${b}`).toBeCloseTo(known.jaro, 12);
      expect(jaroWinkler(...ranges), `${a} ${b}`).toBeCloseTo(known.jaro_winkler, 12);
      expect(levenshtein(...ranges), `${a} ${b}`).toBe(known.levenshtein);
      expect(damerau(...ranges), `${a} ${b}`).toBe(known.damerau);
    }
  });

  test("Splink's known parameters are found from 4 000 pairs", () => {
    const { patterns, em_result } = read("09_fellegi_sunter.json").known_params;
    const counter = new PatternCounter([2, 2, 2]);
    for (const { gamma, n } of patterns) counter.add(Uint8Array.from(gamma), n);
    const start: Parameters = {
      lambda: 0.3,
      m: [0, 1, 2].map(() => [0.1, 0.9]),
      u: [0, 1, 2].map(() => [0.9, 0.1]),
    };
    const all = counter.patterns();
    const found = expectMaximise(all, start, { tolerance: 1e-12, mostRounds: 5_000 });
    expect(found.lambda).toBeCloseTo(em_result.lam, 9);
    near(found.m, em_result.m, 9);
    near(found.u, em_result.u, 9);
    const chances = posteriors(all, found);
    for (const { gamma, true_match_probability } of patterns) {
      const row = [...chances.keys()].find((i) =>
        gamma.every((g: number, k: number) => all.levels[3 * i + k] === g),
      );
      expect(Math.abs(chances[row!]! / true_match_probability - 1)).toBeLessThan(0.01);
    }
  });

  test("the same parameters from the comparison vectors themselves", () => {
    const counter = new PatternCounter([2, 2, 2]);
    for (const row of csv("splink_known_params_comparison_vectors.csv"))
      counter.add(Uint8Array.from([1, 2, 3], (i) => Number(row[`gamma_col_${i}`])));
    const start = { lambda: 0.3, m: [0, 1, 2].map(() => [0.1, 0.9]), u: [0, 1, 2].map(() => [0.9, 0.1]) };
    const { lambda, m, u } = expectMaximise(counter.patterns(), start, {
      tolerance: 1e-12,
      mostRounds: 5_000,
    });
    expect(lambda).toBeCloseTo(0.5, 6);
    near(
      m,
      [
        [0.3, 0.7],
        [0.1, 0.9],
        [0.05, 0.95],
      ],
      6,
    );
    near(
      u,
      [
        [0.9, 0.1],
        [0.975, 0.025],
        [0.8, 0.2],
      ],
      6,
    );
  });

  test("Splink's weight of one pair, the rare first name included", () => {
    const { bf, match_weight, match_probability } =
      read("09_fellegi_sunter.json").splink2_published.pair_479_481;
    const binary = { m: [0.1, 0.9], u: [0.9, 0.1] };
    const names = ["first_name", "dob", "city", "email"];
    const model: LinkModel = {
      comparisons: names.map((field, i) => ({ field, kind: "exact", byFrequency: i === 0 })),
      ...{ lambda: 0.3, m: [[0.3, 0.7], binary.m, binary.m, binary.m] },
      ...{ u: [[0.9, 0.1], binary.u, binary.u, binary.u], trained: { pairs: 0, records: 0, rounds: 0 } },
    };
    const columns = ["ann ann", "x x", "x y", "x y"].map((both) => columnOf(both.split(" ")));
    const share = 0.1 / bf.first_name_tf_adj;
    const occurrences = [Int32Array.from([1e6 * share, 1e6 * share]), null, null, null];
    const { steps, weight, chance } = scorerOf(model, { count: 1e6, columns, occurrences }).explain(0, 1);
    expect(steps.map((step) => 2 ** (step.bits - step.frequencyBits))).toEqual(
      [bf.first_name, bf.dob, bf.city, bf.email].map((factor) => expect.closeTo(factor, 9)),
    );
    expect(weight).toBeCloseTo(match_weight, 3);
    expect(chance).toBeCloseTo(match_probability, 3);
  });
});
