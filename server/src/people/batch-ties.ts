import type { SightingRule } from "./identity.ts";

/** Ties of one batch, each once. Exact, unlike what is remembered: a tie taken for new a second time would be written twice. */
export class BatchTies {
  readonly #byLess = new Map<number, Set<number>>();

  has(a: number, b: number, rule: SightingRule): boolean {
    return this.#byLess.get(Math.min(a, b))?.has(withRule(Math.max(a, b), rule)) ?? false;
  }

  /** Answers whether it was not there. */
  add(a: number, b: number, rule: SightingRule): boolean {
    const less = Math.min(a, b);
    let others = this.#byLess.get(less);
    if (others === undefined) {
      others = new Set();
      this.#byLess.set(less, others);
    }
    const before = others.size;
    return others.add(withRule(Math.max(a, b), rule)).size > before;
  }
}

/** An alias is a decision of its own, made even where the same two were left apart before. */
const withRule = (node: number, rule: SightingRule): number => 2 * node + (rule === "alias" ? 1 : 0);
