import { expect, test } from "vitest";
import { ownRow, UncutRow } from "./row.ts";

test("a row of its own says the same and keeps nothing of the text around it", () => {
  const text = "编号,昵称\nA-1,小满的妈妈,13800000000\nA-2,";
  const from = text.indexOf("A-1");
  const row = new UncutRow(7, { text, from, to: text.indexOf("\nA-2") }, ",");
  const own = ownRow(row) as UncutRow;
  expect(own).toMatchObject({ line: 7, text: "A-1,小满的妈妈,13800000000", delimiter: "," });
  expect(own.cells).toEqual(row.cells);
  expect(own.cell(1)).toBe("小满的妈妈");
});

test("a row that is cut already keeps its cells and why it is bad", () => {
  const row = { line: 3, cells: ["一个很长很长很长很长很长的格子", "", "b"], bad: "too-long" as const };
  expect(ownRow(row)).toEqual(row);
});

test("half a character that stands in a file stays as it is", () => {
  const row = new UncutRow(1, { text: "0123456789abc\ud83d,x", from: 0, to: 16 }, ",");
  expect(ownRow(row).cells).toEqual(row.cells);
});
