import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CampaignStatus, contentVariables, MessageState } from "@stork/contract/campaigns.ts";
import { expect, test } from "vitest";
import { personalVariables } from "./content/variables.ts";
import { reasons, reasonWords } from "./reasons.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/campaigns.md"), "utf8");

test("docs/campaigns.md lists every status, state, reason and variable, word for word, and no others", () => {
  const codes = [...page.matchAll(/^\| `([\w.-]+)`/gm)].map(([, code]) => code);
  const variables = contentVariables.map(({ name }) => name);
  expect(codes).toEqual([
    ...CampaignStatus.options,
    ...MessageState.options,
    ...Object.keys(reasons),
    ...variables,
  ]);
  for (const [code, { zh, en }] of Object.entries(reasons))
    expect(page).toContain(`| \`${code}\` | ${zh} | ${en} |`);
});

test("the editor offers what a template may hold", () => {
  expect(contentVariables.map(({ name }) => name)).toEqual([
    ...personalVariables,
    "unsubscribeUrl",
    "preferencesUrl",
  ]);
});

test("a kept reason is shown in words, with its detail", () => {
  expect(reasonWords(null)).toBeNull();
  expect(reasonWords("no-consent")?.en).toBe("No consent to marketing");
  expect(reasonWords("missing-value:child.name")?.zh).toContain("（child.name）");
  expect(reasonWords("from-an-older-version")).toEqual({
    zh: "from-an-older-version",
    en: "from-an-older-version",
  });
});
