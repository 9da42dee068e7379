import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { en } from "../src/i18n/messages.ts";

const texts = Object.entries(en).filter(([key]) => !key.endsWith("_one"));
const singular = new Set(
  Object.keys(en).flatMap((key) => (key.endsWith("_one") ? [key.slice(0, -"_one".length)] : [])),
);

/** "{{n}} rows", "{{n}} more columns", "{{n}} people": what one of is said otherwise. */
const counted =
  /\{\{\w+\}\} (?:more |new |other |earlier |working )?(?!is\b|was\b|has\b|does\b|as\b|less\b|needs\b)(?:[a-z]{2,}s|people|persons|children)\b/;

/** Never of one: a preset is one of many, a second try makes two, an estimate is no count, days of law are many. */
const neverOne = new Set([
  "imports.known",
  "imports.filesMore",
  "webhooks.times",
  "quality.up",
  "privacy.behind",
  "quality.down",
  "campaigns.points",
  "campaigns.verdict.better",
  "campaigns.verdict.worse",
  "campaigns.verdict.conversion",
  "overview.points",
  "linking.chance",
  "linking.learned",
  "linking.builtIn",
  "privacy.sign.maternity-returned",
]);

test("what is counted in English has a word for one", () => {
  const lacking = texts.filter(([key, text]) => counted.test(text) && !singular.has(key));
  expect(lacking.map(([key]) => key).filter((key) => !neverOne.has(key))).toEqual([]);
});

test("what has a word for one is told how many there are", () => {
  const folder = join(import.meta.dirname, "../src");
  const untold: string[] = [];
  for (const file of globSync("**/*.{ts,tsx}", { cwd: folder })) {
    if (file.includes("messages.")) continue;
    const code = readFileSync(join(folder, file), "utf8");
    for (const key of singular)
      for (const [, values = ""] of code.matchAll(new RegExp(`"${key.replaceAll(".", "\\.")}"([^;]*)`, "g")))
        if (!/\bcount\b/.test(values.slice(0, 400))) untold.push(`${file}: ${key}`);
  }
  expect(untold).toEqual([]);
});
