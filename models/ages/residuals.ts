import { cells, startOfCell, warp } from "./grid.ts";

/** How far off the location is, as quantiles at equal steps from 0 to 1; plain numbers, so that a model is plain JSON. */
export interface Residuals {
  readonly all: readonly number[];
  readonly byRoot: Readonly<Record<string, { readonly n: number; readonly quantiles: readonly number[] }>>;
}

const points = 60;
/** A root's own distribution counts for half when it has this many rows. */
const believed = 40;

/** About their median: the location is the median already, and a root's own few rows would only blur it. */
function quantiles(values: readonly number[]): number[] {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered[ordered.length >> 1]!;
  const sorted = ordered.map((value) => value - middle);
  return Array.from({ length: points + 1 }, (_, i) => {
    const at = (i / points) * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(sorted.length - 1, low + 1);
    return Math.round((sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!)) * 1e5) / 1e5;
  });
}

/** Residuals must come from rows that their location was not fitted to: else every interval is too short. */
export function residualsOf(rows: readonly { root: string; residual: number }[]): Residuals {
  const groups = new Map<string, number[]>();
  for (const { root, residual } of rows) {
    const group = groups.get(root);
    if (group) group.push(residual);
    else groups.set(root, [residual]);
  }
  return {
    all: quantiles(rows.map(({ residual }) => residual)),
    byRoot: Object.fromEntries(
      [...groups].map(([root, values]) => [root, { n: values.length, quantiles: quantiles(values) }]),
    ),
  };
}

const edges = Float64Array.from({ length: cells + 1 }, (_, cell) => warp(startOfCell(cell)));

/** The mass of each age cell when the location is `z`: the distribution of residuals, moved there. */
export function massAt(residuals: Residuals, root: string, z: number): Float64Array {
  const mass = new Float64Array(cells);
  const own = residuals.byRoot[root];
  const share = own ? own.n / (own.n + believed) : 0;
  if (own) addShifted(mass, own.quantiles, z, share);
  addShifted(mass, residuals.all, z, 1 - share);
  return mass;
}

/** Between two quantiles the mass lies evenly; what falls beyond the grid stands in its first and last cell. */
function addShifted(mass: Float64Array, table: readonly number[], z: number, share: number): void {
  let before = 0;
  let at = 0;
  for (let cell = 0; cell < cells; cell++) {
    const until = cell === cells - 1 ? Number.POSITIVE_INFINITY : edges[cell + 1]! - z;
    while (at < points && table[at + 1]! <= until) at++;
    const below =
      at >= points || until >= table[points]!
        ? 1
        : until <= table[0]!
          ? 0
          : (at + (until - table[at]!) / Math.max(1e-9, table[at + 1]! - table[at]!)) / points;
    mass[cell] = mass[cell]! + share * (below - before);
    before = below;
  }
}
