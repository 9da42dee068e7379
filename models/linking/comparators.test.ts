import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnOf } from "./column.ts";
import type { Knowing } from "./comparator.ts";
import { type ComparatorKind, comparators } from "./comparators.ts";
import { levellerOf, levelsOf, missing, prepareField } from "./comparison.ts";

const sounds: Record<string, string> = {
  张: "zhang",
  章: "zhang",
  伟: "wei",
  炜: "wei",
  明: "ming",
  小: "xiao",
  欧: "ou",
  阳: "yang",
  娜: "na",
  李: "li",
};
const knowing: Knowing = {
  syllables: (characters) => Array.from(characters, (each) => sounds[each] ?? each),
  solarOfLunar: (day) => (day === "19900312" ? "19900407" : null),
  division: (text) =>
    text.startsWith("杭州西湖")
      ? { code: "330106", rest: text.slice(4) }
      : text.startsWith("杭州")
        ? { code: "330100", rest: text.slice(2) }
        : null,
};

/** The level's name of two texts in a field of the kind. */
function level(kind: ComparatorKind, a: string, b: string): string | null {
  const comparison = { field: "x", kind, many: true };
  const column = columnOf([a, b].map((text) => prepareField(comparison, text.split("|"), knowing)));
  const found = levellerOf(comparison, column)(0, 1);
  return found === missing ? null : (levelsOf(comparison)[found] ?? "?");
}

const kinds = Object.keys(comparators) as ComparatorKind[];
const samples: Record<ComparatorKind, string[]> = {
  exact: ["London", "paris"],
  typed: ["7535316", "7535361"],
  spelt: ["allen", "alan"],
  likeness: ["martha", "marhta"],
  "chinese-name": ["张伟", "章炜", "张小明", "Zhang Wei", "张女士"],
  phone: ["13800138000", "138****8000", "+86 138 0013 8001"],
  address: ["杭州西湖文一西路88号翠湖天地3幢501室", "杭州西湖翠湖天地3号楼501", "杭州余杭"],
  birthday: ["1990-03-12", "1990/12/3", "1990年4月7日"],
  email: ["robert255@smith.net", "roberta25@smith.net"],
  postcode: ["TQ13 8DF", "tq13 8dg"],
};

describe.each(kinds)("%s", (kind) => {
  const text = fc.oneof(fc.constantFrom(...samples[kind]), fc.string({ maxLength: 30, unit: "binary" }));
  test("is symmetric, knows the same when it sees it, and never throws", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(level(kind, a, b)).toBe(level(kind, b, a));
        const names = levelsOf({ field: "x", kind });
        const itself = level(kind, a, a);
        if (itself !== null && !itself.startsWith("masked")) expect(itself).toBe(names.at(-1));
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 150 },
    );
  });
  test("says nothing where one is empty", () => {
    expect(level(kind, samples[kind][0]!, " ")).toBeNull();
  });
});

test.each([
  ["chinese-name", "张伟", "章炜", "sounds the same"],
  ["chinese-name", "张伟", "Zhang Wei", "sounds the same"],
  ["chinese-name", "Wei Zhang", "张伟", "order swapped"],
  ["chinese-name", "张小明", "小明张", "order swapped"],
  ["chinese-name", "张小明", "张明", "masked or with characters missing"],
  ["chinese-name", "张小明", "张**", "masked or with characters missing"],
  ["chinese-name", "张小明", "张女士", "masked or with characters missing"],
  ["chinese-name", "张小明", "李女士", "different"],
  ["chinese-name", "张小明", "张小娜", "one character differs"],
  ["chinese-name", "张伟", "张娜", "same surname"],
  ["phone", "13800138000", "138****8000", "masked, all that is shown agrees"],
  ["phone", "13800138000", "138****8001", "masked, one shown digit wrong"],
  ["phone", "13800138000", "13800130800", "one digit wrong or two swapped"],
  ["phone", "+86 13800138000", "138 0013 8000", "same"],
  ["phone", "13800138000", "13911118000", "same last four"],
  ["birthday", "1990-03-12", "1990年4月7日", "the same by the lunar calendar"],
  ["birthday", "1990-03-12", "1990-12-03", "day and month swapped"],
  ["birthday", "1990-03-31", "1990-04-01", "a day apart"],
  ["birthday", "1990-03-12", "1980-03-12", "one digit off"],
  ["birthday", "1990-03-12|2020-01-01", "2020-01-01", "same"],
  [
    "address",
    "杭州西湖文一西路88号翠湖天地3幢501室",
    "杭州西湖文一西路翠湖天地3-501",
    "street and door the same",
  ],
  [
    "address",
    "杭州西湖文一西路88号翠湖天地3幢501室",
    "杭州西湖文一西路88号翠湖天地3幢502室",
    "street the same (0.75), other door",
  ],
  ["address", "杭州西湖文一西路88号翠湖天地3幢501室", "杭州西湖翠湖天地3号楼501", "street alike (0.4)"],
  ["address", "杭州西湖文一西路88号", "杭州余杭仓前街道9号", "same city"],
  ["email", "lin@qq.com", "LIN@163.com", "same name, other host"],
  ["postcode", "TQ13 8DF", "tq13 8dg", "one edit"],
] as const)("%s: %s and %s: %s", (kind, a, b, expected) => {
  expect(level(kind, a, b)).toBe(expected);
});
