import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { marks } from "./marks.ts";
import { notes } from "./notes.ts";
import type { Cleaned, RuleContext, ValueRule, ValueRuleId } from "./rule.ts";
import { rowsRules, rules, valueRules } from "./rules.ts";

const base: RuleContext = {
  zone: "Asia/Shanghai",
  now: Date.UTC(2026, 10, 22),
  hash: (text) =>
    [...text]
      .reduce((sum, one) => sum * 31n + BigInt(one.charCodeAt(0)), 7n)
      .toString(36)
      .padStart(20, "0"),
};
const contexts: readonly RuleContext[] = [
  base,
  { ...base, unit: "fen", field: "gender", simplify: true },
  { ...base, field: "order-status", dayFirst: true, currency: "USD", codes: { "0": "unknown" } },
];

/** Characters that exports are made of, so that random texts come near to what rules look for. */
const bits = fc.constantFrom(
  ..."0123456789１２３-/.:： 　年月日时分上下午¥￥$,()（）*xX@。+Ee#转万元片段罐gkm浙江省杭州市区县街道内蒙沪朝阳王女士宝妈豆测试女男ÖÐ浣犲锟\ufffd\u200b\ufeff\t\n'\"=～·".split(
    "",
  ),
);
const near = fc.array(bits, { maxLength: 24 }).map((parts) => parts.join(""));
const values = fc.oneof(
  near,
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.double().map(String),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

describe.each(Object.values(valueRules) as unknown as ValueRule<ValueRuleId>[])("$id", (rule) => {
  const cleaned = (value: string, context: RuleContext): Cleaned<unknown> => rule.clean(value, context);

  test("says in both languages what it is and does", () => {
    for (const words of [rule.label, rule.what]) {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/^[A-Z][^\n]+$/);
      expect(words.en.replaceAll(/[万罐两件个月段片宝妈女士收]/g, "")).not.toMatch(/\p{Script=Han}/u);
    }
    expect(rules[rule.id]).toBe(rule);
  });

  test.each(rule.examples)("$written becomes $becomes", ({ written, context, becomes }) => {
    const full = { ...base, ...context };
    const result = rule.clean(written, full);
    expect("unreadable" in result ? result.unreadable : rule.show(result.value as never, full)).toBe(becomes);
  });

  test("never throws, uses known codes, tells a change from none, and survives JSON", () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...contexts), (written, context) => {
        const result = cleaned(written, context);
        if ("unreadable" in result) {
          expect(notes).toHaveProperty([result.unreadable]);
          return;
        }
        if (result.note !== undefined) expect(notes).toHaveProperty([result.note]);
        for (const mark of result.marks ?? []) expect(marks).toHaveProperty([mark]);
        expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value);
        if (result.changed) expect(result.note, written).toBeDefined();
      }),
      { numRuns: 600 },
    );
  });

  test("reads what it shows as the same", () => {
    fc.assert(
      fc.property(
        fc.oneof(values, fc.constantFrom("'\n0", ...rule.examples.map(({ written }) => written))),
        fc.constantFrom(...contexts),
        (written, context) => {
          const first = cleaned(written, context);
          if ("unreadable" in first) return;
          const shown = rule.show(first.value as never, context);
          const again = cleaned(shown, context);
          expect("unreadable" in again ? again : again.value, `${written} → ${shown}`).toEqual(first.value);
        },
      ),
      { numRuns: 600 },
    );
  });

  test("a text of a million characters is answered at once", () => {
    for (const one of ["1", "*", "a@", "年", "ÖÐ", "浣犲", "(", "1,", " 1", "×2", "浙江", "-"]) {
      const long = one.repeat(1_000_000 / one.length);
      const before = process.cpuUsage();
      cleaned(long, base);
      expect(process.cpuUsage(before).user, one).toBeLessThan(1_500_000);
    }
  });
});

describe.each(Object.values(rowsRules))("$id", (rule) => {
  test("says in both languages what it is and does", () => {
    for (const words of [rule.label, rule.what]) {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/^[A-Z]/);
    }
  });
  test("of nothing finds nothing", () => expect(rule.find([], base)).toEqual([]));
});

test("every note and every mark of cleaning is given by some file of this room", async () => {
  const { readdirSync, readFileSync } = await import("node:fs");
  const folder = `${import.meta.dirname}/rules`;
  const source = readdirSync(folder)
    .filter((name) => !name.endsWith(".test.ts"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"))
    .join("\n");
  expect(Object.keys(notes).filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});
