import type { Lineage, LineageNode } from "@stork/contract/dictionary.ts";

/** Where something stands: a name, or (`node` null) the place where a long line passes a column. */
export interface Placed {
  id: string;
  node: LineageNode | null;
  x: number;
  y: number;
}
export interface Picture {
  placed: Placed[];
  /** Lines of one column's width each; a longer one goes from place to place, so that none runs behind a name. */
  lines: { from: string; to: string }[];
  width: number;
  height: number;
}

const columnWidth = 204;
const nameWidth = 176;
const nameHeight = 58;
/** Lines that only pass a column stand closer than names. */
export const wayHeight = 16;

interface Place {
  id: string;
  node: LineageNode | null;
  column: number;
}

/**
 * Columns by level from left to right; within a column each stands near the middle of those that lead to it, which
 * keeps crossings few (the layered drawing of Sugiyama, Tagawa and Toda, 1981, with their barycentre rule).
 */
export function placeNodes({ nodes, edges }: Lineage): Picture {
  const levels = [...new Set(nodes.map((node) => node.level))].sort((a, b) => a - b);
  const columnOf = new Map(nodes.map((node) => [node.id, levels.indexOf(node.level)]));
  const places: Place[] = nodes.map((node) => ({ id: node.id, node, column: columnOf.get(node.id) ?? 0 }));
  const lines = edges.flatMap(({ from, to }) => {
    const first = columnOf.get(from) ?? 0;
    const last = columnOf.get(to) ?? 0;
    const stops = [from];
    for (let column = first + 1; column < last; column++) {
      const id = `${from} → ${to} @${column}`;
      places.push({ id, node: null, column });
      stops.push(id);
    }
    stops.push(to);
    return stops.slice(1).map((stop, at) => ({ from: stops[at] ?? from, to: stop }));
  });
  const columns = levels.map((_, at) => places.filter((place) => place.column === at));
  untangle(columns, lines);
  const height = Math.max(0, ...columns.map(heightOf));
  const placed = columns.flatMap((column, at) => {
    let y = (height - heightOf(column)) / 2;
    return column.map(({ id, node }) => {
      const top = y;
      y += node === null ? wayHeight : nameHeight;
      return { id, node, x: at * columnWidth, y: top };
    });
  });
  const width = Math.max(0, (columns.length - 1) * columnWidth + nameWidth);
  return { placed, lines, width: columns.length === 0 ? 0 : width, height };
}

const heightOf = (column: readonly Place[]): number =>
  column.reduce((sum, { node }) => sum + (node === null ? wayHeight : nameHeight), 0);

/** Orders each column by where its neighbours stand: right, left and right again. */
function untangle(columns: Place[][], lines: Picture["lines"]): void {
  const order = new Map<string, number>();
  const number = (column: readonly Place[]) => {
    for (const [at, place] of column.entries()) order.set(place.id, at);
  };
  const before = Map.groupBy(lines, (line) => line.to);
  const after = Map.groupBy(lines, (line) => line.from);
  const middle = (id: string, leftward: boolean) => {
    const near = leftward
      ? (before.get(id) ?? []).map((line) => order.get(line.from) ?? 0)
      : (after.get(id) ?? []).map((line) => order.get(line.to) ?? 0);
    return near.length === 0 ? (order.get(id) ?? 0) : near.reduce((sum, one) => sum + one, 0) / near.length;
  };
  const sweep = (column: Place[], leftward: boolean) => {
    const wanted = new Map(column.map((place) => [place.id, middle(place.id, leftward)]));
    column.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
    number(column);
  };
  for (const column of columns) number(column);
  for (const column of columns) sweep(column, true);
  for (const column of [...columns].reverse()) sweep(column, false);
  for (const column of columns) sweep(column, true);
}
