import type { LinkModel } from "@stork/models/linking/model.ts";
import { comparisons } from "./told.ts";

/**
 * m and u where a workspace has too few records to learn its own: those that EM learned from 25 000 generated records
 * of families with the gaps and mistakes of shops' forms (bench/linking/families.ts, seed 1), rounded.
 */
const tables: readonly { m: number[]; u: number[] }[] = [
  {
    m: [0.015, 0.008, 0.023, 0.175, 0.005, 0.01, 0.764],
    u: [0.96, 0.0309, 0.0009, 0.0085, 0.00003, 0.000002, 0.000022],
  },
  {
    m: [0.01, 0.001, 0.003, 0.065, 0.482, 0.439],
    u: [0.99947, 0.000106, 0.00042, 0.0000025, 0.0000028, 0.0000032],
  },
  { m: [0.01, 0.01, 0.02, 0.03, 0.93], u: [0.99993, 0.000025, 0.00002, 0.00001, 0.000005] },
  {
    m: [0.031, 0.005, 0.081, 0.384, 0.01, 0.13, 0.359],
    u: [0.99167, 0.0061, 0.002, 0.00017, 0.00002, 0.000016, 0.000028],
  },
  {
    m: [0.002, 0.003, 0.003, 0.01, 0.05, 0.025, 0.01, 0.897],
    u: [0.925, 0.0347, 0.036, 0.0037, 0.00026, 0.00003, 0.00028, 0.000067],
  },
  {
    m: [0.065, 0.01, 0.01, 0.005, 0.035, 0.025, 0.005, 0.845],
    u: [0.788, 0.109, 0.0905, 0.0102, 0.001, 0.0002, 0.00075, 0.0005],
  },
];

/** With one in five persons in the records twice. */
export function builtInModel(persons: number): LinkModel {
  const pairs = (persons * (persons - 1)) / 2;
  return {
    comparisons,
    lambda: Math.min(0.01, (0.2 * persons) / Math.max(1, pairs)),
    m: tables.map(({ m }) => m),
    u: tables.map(({ u }) => u),
    trained: { pairs, records: persons, rounds: 0 },
  };
}
