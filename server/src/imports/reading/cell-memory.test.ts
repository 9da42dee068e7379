import fc from "fast-check";
import { expect, test } from "vitest";
import { CellMemory } from "./cell-memory.ts";
import { CutRow } from "./cut-row.ts";
import { UncutRow } from "./row.ts";

const cut = (cells: readonly string[]): CutRow => {
  const text = `before\n${cells.join(",")}\nafter`;
  const row = new CutRow(3);
  row.cut(new UncutRow(2, { text, from: 7, to: text.length - 6 }, ","));
  return row;
};

const cell = fc.string({ unit: fc.constantFrom("a", "b", "中", "\0", " "), maxLength: 4 });

test("what is found is what the very same cells came to, however little room there is", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 60 }), (rows) => {
      const memory = new CellMemory<string>([0, 2], 8);
      for (const cells of rows) {
        const row = cut(cells);
        const said = JSON.stringify([cells[0], cells[2]]);
        expect(memory.find(row) ?? memory.keep(row, said)).toBe(said);
        expect(memory.find(row)).toBe(said);
      }
    }),
  );
});

test("a row with quotes and one that is too short have their cells in their places", () => {
  const row = new CutRow(3);
  row.cut({ line: 1, cells: ["a,b", "c"] });
  expect([0, 1, 2].map((place) => row.cell(place))).toEqual(["a,b", "c", ""]);
  const short = cut(["x"]);
  expect([0, 1, 2].map((place) => [short.cell(place), short.isEmpty(place)])).toEqual([
    ["x", false],
    ["", true],
    ["", true],
  ]);
});

test("a cell of a thousand letters is read again each time", () => {
  const memory = new CellMemory<number>([0], 8);
  const row = cut(["x".repeat(3_000), "", ""]);
  memory.keep(row, 1);
  expect(memory.find(row)).toBeUndefined();
});
