import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findSeparator } from "./separator.ts";
import { RowSplitter } from "./split-rows.ts";

const rowsOf = (text: string, delimiter = ",", cut = text.length): (readonly string[])[] => {
  const splitter = new RowSplitter(delimiter);
  const rows = [];
  for (let at = 0; at < text.length; at += Math.max(1, cut))
    rows.push(...splitter.push(text.slice(at, at + Math.max(1, cut))));
  return [...rows, ...splitter.end()].map(({ cells }) => cells);
};

const cell = fc.string({
  unit: fc.constantFrom("a", "中", " ", ",", '"', "\n", "\r", "1", "="),
  maxLength: 6,
});
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test("what is written well is read as another reader reads it, wherever the chunks are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.integer({ min: 1, max: 9 }),
      (table, lineEnd, cut) => {
        const text = table.map((cells) => cells.map(quoted).join(",") + lineEnd).join("");
        const expected = parse(text, {
          record_delimiter: ["\r\n", "\n", "\r"],
          relax_column_count: true,
          skip_empty_lines: true,
        }) as string[][];
        expect(rowsOf(text)).toEqual(expected);
        expect(rowsOf(text, ",", cut)).toEqual(expected);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("lines are counted through quoted line ends", () => {
  const splitter = new RowSplitter(",");
  const rows = [...splitter.push('a,b\n"x\ny",2\n\n3,4'), ...splitter.end()];
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 5]);
});

test("a quote inside a cell is a quote, what follows a closing one is kept", () => {
  expect(rowsOf('5" pipe,"a"b,c\n')).toEqual([['5" pipe', "ab", "c"]]);
});

test("a quote that is never closed takes its own line and no other", () => {
  const splitter = new RowSplitter(",");
  const rows = [...splitter.push('1,"open\n2,b\n3,c\n'), ...splitter.end()];
  expect(rows.map(({ line, cells, bad }) => ({ line, cells, bad }))).toEqual([
    { line: 1, cells: ["1", '"open'], bad: "quote-open" },
    { line: 2, cells: ["2", "b"] },
    { line: 3, cells: ["3", "c"] },
  ]);
});

test("a cell of ten million letters is refused alone", () => {
  const splitter = new RowSplitter(",");
  const rows = [...splitter.push(`1,${"x".repeat(10_000_000)}\n2,b\n`), ...splitter.end()];
  expect(rows.map(({ bad, cells }) => [bad, cells.join().length < 2_000])).toEqual([
    ["too-long", true],
    [undefined, true],
  ]);
});

test("the separator is found under a title and notes", () => {
  expect(
    findSeparator(
      "2026年1月订单报表\n导出人：小王\n订单编号\t数量\t金额\nA1\t1\t2,000.00\nA2\t2\t3,000.00\n",
    ),
  ).toBe("\t");
  expect(findSeparator("a;b;c\n1,5;2;3\n2,5;2;3\n")).toBe(";");
});
