import type { Lineage } from "@stork/contract/dictionary.ts";
import { expect, test } from "vitest";
import { placeNodes } from "./lineage-layout.ts";

const node = (id: string, level: number) => ({ id, kind: "event" as const, level, name: id, label: null });

test("names stand in the column of their level, and lines that could run straight do not cross", () => {
  const crossed: Lineage = {
    nodes: [node("a", 0), node("b", 0), node("y", 1), node("x", 1)],
    edges: [
      { from: "a", to: "x" },
      { from: "b", to: "y" },
    ],
    cut: false,
  };
  const placed = new Map(placeNodes(crossed).placed.map((one) => [one.id, one]));
  expect(placed.get("a")?.y).toBe(placed.get("x")?.y);
  expect(placed.get("b")?.y).toBe(placed.get("y")?.y);
  expect(placed.get("a")?.x).toBeLessThan(placed.get("x")?.x ?? 0);
});

test("a column of one stands in the middle, and nothing at all is placed as nothing", () => {
  const fan: Lineage = {
    nodes: [node("a", 0), node("x", 1), node("y", 1), node("z", 1)],
    edges: ["x", "y", "z"].map((to) => ({ from: "a", to })),
    cut: false,
  };
  const placed = new Map(placeNodes(fan).placed.map((one) => [one.id, one]));
  expect(placed.get("a")?.y).toBe(placed.get("y")?.y);
  expect(placeNodes({ nodes: [], edges: [], cut: false })).toEqual({
    placed: [],
    lines: [],
    width: 0,
    height: 0,
  });
});

test("a line over several columns goes through a place of its own in each", () => {
  const long: Lineage = {
    nodes: [node("a", 0), node("b", 1), node("c", 2)],
    edges: [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
    ],
    cut: false,
  };
  const { placed, lines } = placeNodes(long);
  const way = placed.find((one) => one.node === null);
  expect(lines).toContainEqual({ from: "a", to: way?.id });
  expect(lines).toContainEqual({ from: way?.id, to: "c" });
  expect(way?.y).not.toBe(placed.find((one) => one.id === "b")?.y);
});
