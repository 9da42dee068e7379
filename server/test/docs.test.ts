import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stages } from "@stork/contract/catalog.ts";
import { Condition, Operator } from "@stork/contract/segments.ts";
import { expect, test } from "vitest";
import { marks } from "../src/events/marks.ts";
import { refusedItems } from "../src/events/refused-items.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

test("every example in docs/segments.md is a condition", () => {
  const blocks = [...read("docs/segments.md").matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text!);
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) expect(Condition.safeParse(JSON.parse(block)).error, block).toBeUndefined();
});

test("docs/segments.md names every operator and every stage that can be reckoned", () => {
  const text = read("docs/segments.md");
  const names = [...Operator.options, ...stages.filter((stage) => stage !== "trying")];
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test("docs/collect.md lists every mark and every reason for refusing an item, word for word", () => {
  const text = read("docs/collect.md");
  const rows = [
    ...Object.entries(marks).map(
      ([code, { excluded, label }]) =>
        `| \`${code}\` | ${label.zh} | ${label.en} | ${excluded ? "是 yes" : "否 no"} |`,
    ),
    ...Object.entries(refusedItems).map(([code, { zh, en }]) => `| \`${code}\` | ${zh} | ${en} |`),
  ];
  expect(rows.filter((row) => !text.includes(row))).toEqual([]);
  expect(text.match(/^\| `.*$/gm)?.filter((row) => !rows.includes(row))).toEqual([]);
});

test("docs/configuration.md lists the variables that are read, and no others", () => {
  const folders = ["server/src", "tools", "bench"];
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((name) => /\.(ts|mjs)$/.test(name) && !name.endsWith(".test.ts")),
  );
  const variable = /\b(?:STORK_[A-Z_]+|DATABASE_URL|CLICKHOUSE_(?:URL|CLUSTER))\b/g;
  const used = new Set(sources.flatMap((path) => read(path).match(variable) ?? []));
  const listed = [...read("docs/configuration.md").matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name!);
  expect([...used].filter((name) => !listed.includes(name)).sort()).toEqual([]);
  expect(listed.filter((name) => !used.has(name)).sort()).toEqual([]);
});

test("every link between the pages leads somewhere", () => {
  const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].concat(
    readdirSync(join(root, "docs"), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name)),
  );
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target) && !exists(join(page, "..", target)))
      .map((target) => `${page} → ${target}`),
  );
  expect(broken).toEqual([]);
});

function exists(path: string): boolean {
  try {
    readdirSync(join(root, path));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTDIR";
  }
}
