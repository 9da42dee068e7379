import type { Lineage, LineageNode } from "@stork/contract/dictionary.ts";

export interface Placed extends LineageNode {
  x: number;
  y: number;
}

const columnWidth = 250;
const rowHeight = 58;

/**
 * Columns by level from left to right; within a column each name stands near the middle of those that lead to it, which
 * keeps crossings few (the barycentre rule of Sugiyama, Tagawa and Toda, 1981), swept twice.
 */
export function placeNodes({ nodes, edges }: Lineage): Placed[] {
  const levels = [...new Set(nodes.map((node) => node.level))].sort((a, b) => a - b);
  const columns = levels.map((level) => nodes.filter((node) => node.level === level));
  const order = new Map<string, number>();
  const number = (column: readonly LineageNode[]) =>
    column.forEach((node, at) => void order.set(node.id, at));
  columns.forEach(number);
  const middle = (id: string, toward: "from" | "to") => {
    const near = edges
      .filter((edge) => edge[toward === "from" ? "to" : "from"] === id)
      .map((edge) => order.get(edge[toward]) ?? 0);
    return near.length === 0 ? null : near.reduce((sum, one) => sum + one, 0) / near.length;
  };
  const sweep = (column: LineageNode[], toward: "from" | "to") => {
    const wanted = new Map(
      column.map((node) => [node.id, middle(node.id, toward) ?? order.get(node.id) ?? 0]),
    );
    column.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
    number(column);
  };
  for (const column of columns) sweep(column, "from");
  for (const column of [...columns].reverse()) sweep(column, "to");
  for (const column of columns) sweep(column, "from");
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  return columns.flatMap((column, at) =>
    column.map((node, row) => ({
      ...node,
      x: at * columnWidth,
      y: (row + (tallest - column.length) / 2) * rowHeight,
    })),
  );
}
