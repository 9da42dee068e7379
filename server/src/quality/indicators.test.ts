import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dimensions } from "@stork/contract/quality.ts";
import { describe, expect, test } from "vitest";
import type { Sight } from "./indicator.ts";
import { explainedBy, indicatorIds, indicatorOf } from "./indicators.ts";
import { Recent } from "./recent.ts";
import { titleOf } from "./words.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/quality.md"), "utf8");
const rowOf = (id: (typeof indicatorIds)[number]): string => {
  const { dimension, scope, threshold, unit, name, definition } = indicatorOf(id);
  const cells = [`\`${id}\``, dimension, scope, unit, threshold ?? "—"];
  return `| ${[...cells, `${name.zh}：${definition.zh}`, `${name.en}: ${definition.en}`].join(" | ")} |`;
};

test("docs/quality.md lists every indicator, word for word, and no other", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toEqual(indicatorIds.map(rowOf));
});

test("there are at least 28, of all four dimensions, and no two alike in name", () => {
  expect(indicatorIds.length).toBeGreaterThanOrEqual(28);
  for (const dimension of dimensions)
    expect(indicatorIds.filter((id) => indicatorOf(id).dimension === dimension).length).toBeGreaterThan(5);
  expect(new Set(indicatorIds.map((id) => indicatorOf(id).name.zh)).size).toBe(indicatorIds.length);
});

describe.each(indicatorIds)("%s", (id) => {
  const indicator = indicatorOf(id);

  test("says everything in both languages", () => {
    const { name, definition, needs } = indicator;
    for (const { zh, en } of [name, definition, needs]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
    const told = {
      sourceName: "店",
      parts: [{ indicator: id, name: "A", field: "b", value: 0.5, usual: 0.1 }],
    };
    const naming = (event: string, field: string) => ({ zh: `事件${event} · ${field}`, en: event });
    expect(titleOf(told, naming).zh).toContain(`店 事件A · b：${name.zh}`);
  });

  test("says nothing of a source of which nothing is known", () => {
    const recent = new Recent();
    recent.advance(3_600_000);
    recent.put([
      { source: 1, name: "A", minute: 3_600_000, last: 3_600_500, counts: new Map([["events", 3]]) },
    ]);
    const view = recent.views().find(({ name }) => (indicator.scope === "source") === (name === ""));
    const sight: Sight = {
      ...{
        view: view!,
        model: null,
        sourceModel: null,
        imports: null,
        level: 1e-7,
        streams: 2,
        now: 3_630_000,
      },
      ...{ threshold: indicator.threshold, own: false, expected: () => null, live: false },
      ...{ awakeSince: 0, strangeDay: false },
    };
    expect(indicator.look(sight).filter(({ breached }) => breached)).toEqual([]);
  });

  test("is explained by indicators that exist", () => {
    for (const cause of explainedBy[id] ?? []) expect(indicatorIds).toContain(cause);
  });
});
