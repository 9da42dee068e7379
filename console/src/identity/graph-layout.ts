import type { PersonGraph } from "@stork/contract/identity.ts";

export const columnWidth = 270;
export const rowHeight = 66;

export interface Place {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/**
 * The identifier with the most ties first, what it is tied to in the next column, and so on; those of other persons
 * last. Columns are centred on the tallest.
 */
export function placeIdentifiers({ person, nodes, edges }: PersonGraph): Place[] {
  const near = new Map<string, string[]>();
  const note = (from: string, to: string) => near.set(from, [...(near.get(from) ?? []), to]);
  for (const { a, b, state } of edges) {
    if (state !== "live") continue;
    note(a, b);
    note(b, a);
  }
  const own = nodes.filter((node) => node.person === person);
  const depth = new Map<string, number>();
  const byTies = [...own].sort((x, y) => (near.get(y.id)?.length ?? 0) - (near.get(x.id)?.length ?? 0));
  for (const { id } of byTies) {
    if (depth.has(id)) continue;
    depth.set(id, 0);
    const queue = [id];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const next of near.get(at) ?? []) {
        if (depth.has(next)) continue;
        depth.set(next, (depth.get(at) ?? 0) + 1);
        queue.push(next);
      }
    }
  }
  const last = Math.max(0, ...own.map(({ id }) => depth.get(id) ?? 0));
  const columns: string[][] = [];
  for (const node of nodes) {
    const column = node.person === person ? (depth.get(node.id) ?? 0) : last + 1;
    columns[column] = [...(columns[column] ?? []), node.id];
  }
  const tallest = Math.max(1, ...columns.map((column) => column?.length ?? 0));
  return columns.flatMap((column, x) =>
    (column ?? []).map((id, y) => ({
      id,
      x: x * columnWidth,
      y: (y + (tallest - (column ?? []).length) / 2) * rowHeight,
    })),
  );
}
