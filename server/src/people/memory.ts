import type { Identifier, SightingRule } from "./identity.ts";
import { KeyedText } from "./keyed-text.ts";
import { type Key, Known } from "./known.ts";

/** Remembered for a value that can name nobody. */
export const unusable = 0;
/** Longer values are refused anyway (see normalise.ts), padding included, and must not fill the memory. */
const longest = 1_000;
/** Names of namespaces come from outside: the secrets of more than this many are made anew each time. */
const mostKinds = 10_000;

/** What need not be looked up again: nodes of identifiers as they came, and ties between nodes that were judged. */
export class Memory {
  readonly #nodes: Known;
  readonly #ties: TieSet;
  readonly #secret = new KeyedText();
  readonly #kinds = new Map<number, Map<string, KeyedText>>();
  #kindsKept = 0;

  /** `size`: how many identifiers, and half as many ties; twice as many at most. */
  constructor(size: number) {
    this.#nodes = new Known(size);
    this.#ties = new TieSet(Math.ceil(size / 2));
  }

  /** The node of an identifier as it came; undefined: not known here. */
  node(workspace: number, { namespace, value }: Identifier): number | undefined {
    if (value.length > longest) return unusable;
    return this.#nodes.get(this.#kind(workspace, namespace).of(value));
  }

  setNode(workspace: number, { namespace, value }: Identifier, node: number): void {
    if (value.length <= longest) this.#nodes.set(this.#kind(workspace, namespace).of(value), node);
  }

  /** Whether the tie between two was judged. */
  hasTie(a: number, b: number, rule: SightingRule): boolean {
    return this.#ties.has(a, b, rule);
  }

  setTie(a: number, b: number, rule: SightingRule): void {
    this.#ties.add(a, b, rule);
  }

  #kind(workspace: number, namespace: string): KeyedText {
    let kinds = this.#kinds.get(workspace);
    if (kinds === undefined) {
      kinds = new Map();
      this.#kinds.set(workspace, kinds);
    }
    let kind = kinds.get(namespace);
    if (kind === undefined) {
      kind = this.#secret.ofKind(`${workspace}\n${namespace}`);
      this.#kindsKept += 1;
      if (this.#kindsKept <= mostKinds) kinds.set(namespace, kind);
    }
    return kind;
  }
}

/** Ties between nodes; bounded as Known is. */
export class TieSet {
  readonly #known: Known;

  constructor(size: number) {
    this.#known = new Known(size);
  }

  has(a: number, b: number, rule: SightingRule): boolean {
    return this.#known.get(tie.of(a, b, rule)) === tie.rest;
  }

  /** Answers whether it was not there. */
  add(a: number, b: number, rule: SightingRule): boolean {
    const isThere = this.has(a, b, rule);
    if (!isThere) this.#known.set(tie, tie.rest);
    return !isThere;
  }
}

/** Two nodes as a key: of each its lower word; what is above them is the value, so that no two ties ever meet. */
const tie = {
  first: 0,
  second: 0,
  third: 0,
  rest: 0,
  of(a: number, b: number, rule: SightingRule): Key {
    const [less, more] = a < b ? [a, b] : [b, a];
    this.first = less >>> 0;
    this.second = more >>> 0;
    // An alias is a decision of its own, made even where the same two were left apart before.
    this.third = rule === "alias" ? 1 : 0;
    this.rest = Math.floor(less / 2 ** 32) * 2 ** 21 + Math.floor(more / 2 ** 32);
    return this;
  },
};
