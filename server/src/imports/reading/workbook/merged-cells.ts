import { UnreadableFile } from "../format.ts";

/** Two columns merged in every row that a sheet can have; more is no table. */
const mostMerged = 2_000_000;

interface Column {
  /** First and last rows of each merge, from the top down. */
  readonly first: number[];
  readonly last: number[];
}

/**
 * Cells that stand over several rows: an order's number beside its three articles. The sheet writes the value in the
 * first row only; for a table it is every row's. Over several columns it is the left one's.
 */
export class MergedCells {
  readonly #columns = new Map<number, Column>();
  #count = 0;

  /** How many stand over several rows. */
  get count(): number {
    return this.#count;
  }

  /** `A2:A4`, as a sheet names them. One within a single row changes nothing. */
  add(reference: string): void {
    const [, column, first, last] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?[A-Za-z]{1,3}\$?(\d{1,7})$/.exec(
      reference,
    ) ?? [null];
    if (column === undefined || column === null || Number(first) >= Number(last)) return;
    this.#count += 1;
    if (this.#count > mostMerged) throw new UnreadableFile("bomb");
    const at = columnOf(column);
    const known = this.#columns.get(at) ?? { first: [], last: [] };
    this.#columns.set(at, known);
    known.first.push(Number(first));
    known.last.push(Number(last));
  }

  /** To be called once all are added: programs write them in any order. */
  sort(): this {
    for (const { first, last } of this.#columns.values()) {
      if (first.every((row, i) => i === 0 || row >= (first[i - 1] as number))) continue;
      const order = first.map((_, i) => i).sort((a, b) => (first[a] as number) - (first[b] as number));
      const [firsts, lasts] = [[...first], [...last]];
      for (const [to, from] of order.entries()) {
        first[to] = firsts[from] as number;
        last[to] = lasts[from] as number;
      }
    }
    return this;
  }

  /** Fills what is merged into a sheet's rows, which are given from the top down. */
  filler(): (line: number, cells: string[]) => void {
    const open = [...this.#columns].map(([at, column]) => ({ at, ...column, next: 0, value: "" }));
    return (line, cells) => {
      for (const column of open) {
        while ((column.last[column.next] ?? Number.POSITIVE_INFINITY) < line) {
          column.next += 1;
          column.value = "";
        }
        const first = column.first[column.next];
        if (first === undefined || line < first) continue;
        if (line === first) column.value = cells[column.at] ?? "";
        else if ((cells[column.at] ?? "") === "" && column.value !== "") {
          while (cells.length < column.at) cells.push("");
          cells[column.at] = column.value;
        }
      }
    };
  }
}

/** B12 → 1. */
export function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at += 1) {
    const letter = place.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}
