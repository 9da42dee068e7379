/** Steps of rank that are told apart: finer ones would say nothing, and cost a likelihood each. */
const steps = 20;

/** Days on which accounts were first seen, as quantiles at equal steps from 0 to 1; nothing of nobody. */
export function accountDays(days: readonly number[]): number[] {
  const sorted = [...days].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  return Array.from({ length: steps + 1 }, (_, i) => sorted[Math.round((i / steps) * (sorted.length - 1))]!);
}

/** How early an account was first seen among those learned from, from 0 (first) to 1; null where either is unknown. */
export function tenureOf(quantiles: readonly number[], seenOn: number | null): number | null {
  if (seenOn === null || quantiles.length === 0) return null;
  const rank = quantiles.findIndex((day) => day >= seenOn);
  return rank < 0 ? 1 : rank / steps;
}
