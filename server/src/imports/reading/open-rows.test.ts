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

test("rows that follow each other are read in one go, whatever their ends, and no further", () => {
  const lines = "x,1\r\nx,2\nx,3\n\n\n\nx,4\n半个\ud83d,5\r\ny,6";
  const at = [0, 5, 9, 16, 20, 27].map((from) => ({ from, to: from + 3 + (from === 20 ? 2 : 0) }));
  const open = new OpenRows();
  const row = (i: number) =>
    new UncutRow(i + 1, { text: lines, ...(at[i] as { from: number; to: number }) }, ",");
  const x = open.open(row(0));
  for (const i of [1, 2, 3, 4]) open.add(x, row(i));
  const y = open.open(row(5));
  open.add(y, new UncutRow(9, { text: "z,7", from: 0, to: 3 }, ","));
  open.add(x, new UncutRow(10, { text: `${" ".repeat(40)}x,8`, from: 40, to: 43 }, ","));
  expect(said(open.rows(x))).toEqual([
    ...[1, 2, 3, 4].map((n) => [n, "x", `${n}`]),
    [5, "半个\ud83d", "5"],
    [10, "x", "8"],
  ]);
  expect(said(open.rows(y))).toEqual([
    [6, "y", "6"],
    [9, "z", "7"],
  ]);
  expect(said([open.first(x), open.first(y)])).toEqual([
    [1, "x", "1"],
    [6, "y", "6"],
  ]);
});
