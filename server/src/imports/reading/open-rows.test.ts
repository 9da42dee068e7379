import { expect, test } from "vitest";
import { OpenRows } from "./open-rows.ts";
import { type FileRow, UncutRow } from "./row.ts";

const text = "a,1\nb,2\na,3\n";
const other = "b,4\n";
const uncut = (line: number, of: string, from: number) =>
  new UncutRow(line, { text: of, from, to: from + 3 }, ",");
const said = (rows: readonly FileRow[]) => rows.map(({ line, cells }) => [line, ...cells]);

test("the rows of each record come back in their order, over the end of a piece of text and with quoted ones between", () => {
  const open = new OpenRows();
  for (const round of [1, 2]) {
    const a = open.open(uncut(1, text, 0));
    const b = open.open(uncut(2, text, 4));
    open.add(a, { line: 3, cells: ["a", 'quoted "3"'] });
    open.add(b, uncut(5, other, 0));
    open.add(a, uncut(4, text, 8));
    expect([open.records, open.count(a), open.count(b)]).toEqual([2, 3, 2]);
    expect(said(open.rows(a))).toEqual([
      [1, "a", "1"],
      [3, "a", 'quoted "3"'],
      [4, "a", "3"],
    ]);
    expect(said(open.rows(b))).toEqual([
      [2, "b", "2"],
      [5, "b", "4"],
    ]);
    expect(said([open.first(b)])).toEqual([[2, "b", "2"]]);
    if (round === 1) open.clear();
  }
});
