import { readFileSync } from "node:fs";

export type Row = Readonly<Record<string, string>>;

/** A file of comma-separated values with a head line; cells may stand in quotes, blanks around them do not count. */
export function readTable(path: string): Row[] {
  const lines = readFileSync(path, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)
    .map(cellsOf);
  const [heads = [], ...rows] = lines;
  return rows.map((cells) => Object.fromEntries(heads.map((head, i) => [head, cells[i] ?? ""])));
}

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, bare] of line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push((quoted?.replaceAll('""', '"') ?? bare ?? "").trim());
  return cells;
}
