import type { Identifier, SightingRule } from "./identity.ts";
import { KeyedText } from "./keyed-text.ts";
import { Known } from "./known.ts";
import { TieSet } from "./tie-set.ts";

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
