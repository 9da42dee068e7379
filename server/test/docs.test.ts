import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stages } from "@stork/contract/catalog.ts";
import { Condition, Operator } from "@stork/contract/segments.ts";
import { expect, test } from "vitest";
import { stageNames } from "../src/catalog/stages.ts";
import { imputationDeclined } from "../src/cleaning/imputation.ts";
import { marks } from "../src/cleaning/marks.ts";
import { notes } from "../src/cleaning/notes.ts";
import { rules, valueRules } from "../src/cleaning/rules.ts";
import { mailboxChannel, pastCampaign } from "../src/demo/demo.ts";
import { refusedItems } from "../src/events/refused-items.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Words on the screen that come from the server. */
const demoWords = [
  mailboxChannel.name,
  pastCampaign.name,

  "姓名",
  "宝宝小名",
  "宝宝阶段",
];
const stageWords = Object.values(stageNames).flatMap(({ zh, en }) => [zh, en]);

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

test("docs/cleaning.md lists every rule, its examples, every note and every reason, word for word", () => {
  const text = read("docs/cleaning.md");
  const worded = (words: Record<string, { zh: string; en: string }>) =>
    Object.entries(words).map(([code, { zh, en }]) => `| \`${code}\` | ${zh} | ${en} |`);
  const rows = [
    ...Object.values(rules).map(
      ({ id, label, what }) => `| \`${id}\` | ${label.zh} ${label.en} | ${what.zh} | ${what.en} |`,
    ),
    ...Object.values(valueRules).flatMap(({ id, examples }) =>
      examples.map(({ written, context, becomes }) => {
        const given = context === undefined ? "" : ` (${Object.keys(context).join(", ")})`;
        return `| \`${id}\` | \`${written}\`${given} | \`${becomes}\` |`;
      }),
    ),
    ...worded(notes),
    ...worded(imputationDeclined),
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

/** Words the guide quotes from a screen; an ellipsis stands for what changes. */
const guides: [string, RegExp][] = [
  ["zh", /「([^」]+)」/g],
  ["en", /(?<![*\w])\*([^*]+)\*(?!\*)/g],
];
test.each(guides)("the guide (%s) quotes what the screens say", async (language, quotes) => {
  const console = join(root, "console/src");
  const files = readdirSync(console).map((room) => join(console, room, `messages.${language}.ts`));
  const rooms = await Promise.all(files.filter((file) => existsSync(file)).map((file) => import(file)));
  const screens = rooms
    .flatMap((room) => Object.values<string>(room[language]))
    .concat(stageWords, demoWords);
  const guide = read(`docs/guide/${language}/from-nothing-to-first-campaign.md`);
  const quoted = [...guide.matchAll(quotes)].flatMap(([, words]) => words!.split("…")).map((w) => w.trim());
  expect(quoted.length).toBeGreaterThan(30);
  expect(quoted.filter((words) => !screens.some((text) => text.includes(words)))).toEqual([]);
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
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, page, "..", target)))
      .map((target) => `${page} → ${target}`),
  );
  expect(broken).toEqual([]);
});
