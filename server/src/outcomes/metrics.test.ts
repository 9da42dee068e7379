import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metrics } from "./metrics.ts";

test("docs/metrics.md gives every definition word for word, and no other", () => {
  const page = readFileSync(new URL("../../../docs/metrics.md", import.meta.url), "utf8");
  const documented = page
    .split("\n")
    .filter((line) => line.startsWith("### "))
    .map((line) => /`(\w+)`/.exec(line)?.[1]);
  expect(documented).toEqual(metrics.map(({ id }) => id));
  for (const { name, definition } of metrics) {
    for (const text of [name.zh, name.en, definition.zh, definition.en]) expect(page).toContain(text);
  }
});
