import type { PersonGraph } from "@stork/contract/identity.ts";
import { expect, test } from "vitest";
import { columnWidth, placeIdentifiers } from "./graph-layout.ts";

const node = (id: string, person = "1"): PersonGraph["nodes"][number] => ({
  ...{ id, person, namespace: "user", value: `v${id}`, strength: "certain", shared: false },
  since: "2026-01-01T00:00:00Z",
});
const edge = (a: string, b: string, state: "live" | "conflict" = "live"): PersonGraph["edges"][number] => ({
  ...{ a, b, state, rule: "same-message", because: { zh: "", en: "" }, source: "s", message: null },
  at: "2026-01-01T00:00:00Z",
});

test("what ties most stands first, what hangs on it next, others' identifiers last, and nothing lies on another", () => {
  const graph: PersonGraph = {
    ...{
      person: "1",
      truncated: false,
      nodes: ["1", "2", "3", "4"].map((id) => node(id)).concat(node("9", "9")),
    },
    edges: [edge("1", "2"), edge("2", "3"), edge("2", "4"), edge("4", "9", "conflict")],
  };
  const places = placeIdentifiers(graph);
  const at = (id: string) => places.find((place) => place.id === id);
  expect([at("2")?.x, at("1")?.x, at("9")?.x]).toEqual([0, columnWidth, 2 * columnWidth]);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(5);
  expect(placeIdentifiers({ ...graph, nodes: [], edges: [] })).toEqual([]);
});
