/** An edge that joins. */
export interface Tie {
  readonly a: number;
  readonly b: number;
}

/** The person of every node: the smallest of those it is tied to, directly or over others. */
export function componentsOf(nodes: Iterable<number>, ties: Iterable<Tie>): Map<number, number> {
  const up = new Map<number, number>();
  for (const node of nodes) up.set(node, node);
  const top = (node: number): number => {
    let at = node;
    for (let next = up.get(at) ?? at; next !== at; next = up.get(at) ?? at) {
      up.set(at, up.get(next) ?? next);
      at = next;
    }
    return at;
  };
  for (const { a, b } of ties) {
    const [x, y] = [top(a), top(b)];
    if (x !== y) up.set(Math.max(x, y), Math.min(x, y));
  }
  return new Map([...up.keys()].map((node) => [node, top(node)]));
}

/**
 * Parts the nodes of `one` from those of `other`: the ties that must be cut, the fewest of the newest. Ties count in the
 * order given, so that what came later goes with whichever side it was first tied to.
 */
export function tiesToCut<Some extends Tie>(
  ties: readonly Some[],
  one: Iterable<number>,
  other: Iterable<number>,
): Some[] {
  const up = new Map<number, number>();
  const side = new Map<number, "one" | "other">();
  const top = (node: number): number => {
    const next = up.get(node) ?? node;
    return next === node ? node : top(next);
  };
  const gather = (nodes: Iterable<number>, name: "one" | "other") => {
    for (const node of nodes) side.set(node, name);
  };
  gather(one, "one");
  gather(other, "other");
  return ties.filter(({ a, b }) => {
    const [x, y] = [top(a), top(b)];
    if (x === y) return false;
    const [left, right] = [side.get(x), side.get(y)];
    if (left !== undefined && right !== undefined && left !== right) return true;
    up.set(y, x);
    const either = left ?? right;
    if (either !== undefined) side.set(x, either);
    return false;
  });
}

/** The shortest chain of ties from one node to another; null when there is none. */
export function chainBetween<Some extends Tie>(
  ties: readonly Some[],
  from: number,
  to: number,
): Some[] | null {
  const ends = new Map<number, Some[]>();
  for (const tie of ties) {
    for (const end of [tie.a, tie.b]) {
      const known = ends.get(end);
      if (known === undefined) ends.set(end, [tie]);
      else known.push(tie);
    }
  }
  const came = new Map<number, Some | null>([[from, null]]);
  const queue = [from];
  for (let node = queue.shift(); node !== undefined && !came.has(to); node = queue.shift()) {
    for (const tie of ends.get(node) ?? []) {
      const next = tie.a === node ? tie.b : tie.a;
      if (came.has(next)) continue;
      came.set(next, tie);
      queue.push(next);
    }
  }
  if (!came.has(to)) return null;
  const chain: Some[] = [];
  for (let node = to; node !== from; ) {
    const tie = came.get(node) as Some;
    chain.unshift(tie);
    node = tie.a === node ? tie.b : tie.a;
  }
  return chain;
}
