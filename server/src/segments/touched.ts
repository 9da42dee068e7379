/** The nodes that something was heard of, until their owners' membership has been looked at again. */
export interface Touched {
  add(workspace: number, nodes: readonly number[]): void;
  /** Takes up to `most` nodes of one workspace; "all" when so many were touched that everybody is asked anew. */
  take(most: number): { workspace: number; nodes: readonly number[] | "all" } | null;
  readonly empty: boolean;
}

/** Beyond this many waiting nodes, asking about everybody costs less than asking about each. */
const mostWaiting = 20_000;

export function createTouched(): Touched {
  const waiting = new Map<number, Set<number> | "all">();
  return {
    add(workspace, nodes) {
      const known = waiting.get(workspace) ?? new Set<number>();
      if (known === "all") return;
      for (const node of nodes) known.add(node);
      waiting.set(workspace, known.size > mostWaiting ? "all" : known);
    },
    take(most) {
      const [first] = waiting;
      if (first === undefined) return null;
      const [workspace, known] = first;
      // Taken out, and put back behind the others if some are left: no workspace keeps the rest waiting.
      waiting.delete(workspace);
      if (known === "all") return { workspace, nodes: "all" };
      const nodes: number[] = [];
      for (const node of known) {
        if (nodes.length === most) break;
        nodes.push(node);
        known.delete(node);
      }
      if (known.size > 0) waiting.set(workspace, known);
      return { workspace, nodes };
    },
    get empty() {
      return waiting.size === 0;
    },
  };
}
