import { RowSplitter } from "./split-rows.ts";

const separators = [",", "\t", ";", "|"];

/** The separator that cuts the most lines into the same number of cells, more than one; titles and notes have none. */
export function findSeparator(sample: string): string {
  let best = { separator: ",", score: 0 };
  for (const separator of separators) {
    const splitter = new RowSplitter(separator);
    const rows = [...splitter.push(sample), ...splitter.end()].slice(0, 100);
    const widths = new Map<number, number>();
    for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    widths.delete(1);
    const score = Math.max(0, ...[...widths].map(([width, lines]) => Math.sqrt(width) * lines));
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}
