import { stages } from "@stork/contract/catalog.ts";
import { Condition, type Condition as ConditionType } from "@stork/contract/segments.ts";
import { describe, expect, test } from "vitest";
import { Refusal } from "../platform/refusal.ts";
import { checkCondition, checkCycle } from "./check.ts";
import { personsMatching } from "./compile.ts";
import type { SavedSegment } from "./condition.ts";
import { meaningOf, meanings } from "./conditions.ts";
import { mentionsOf, sentenceOf, timeSenseOf, warningsOf } from "./sentence.ts";

const bought: ConditionType = { kind: "did", event: "Order Completed" };
const examples: { [K in keyof typeof meanings]: ConditionType } = {
  all: { kind: "all", of: [bought, { kind: "trait", key: "city", op: "=", value: "杭州" }] },
  any: { kind: "any", of: [bought, { kind: "stage", in: ["0-1"] }] },
  not: { kind: "not", of: bought },
  trait: { kind: "trait", key: "city", op: "in", value: ["杭州", "上海"] },
  stage: { kind: "stage", in: [...stages] },
  childAge: { kind: "childAge", fromDays: -30, toDays: 90 },
  did: {
    kind: "did",
    event: "Order Completed",
    where: [{ property: "category", op: "=", value: "formula" }],
    count: { op: ">=", value: 2 },
    sum: { property: "amount", op: ">", value: 99.5 },
    withinDays: 90,
  },
  member: { kind: "member", segment: "7" },
};
const segments = new Map<string, SavedSegment>([["7", { name: "老客", where: bought }]]);
const workspace = { id: 1, timeZone: "Asia/Shanghai" };
const now = new Date("2026-06-01T04:00:00Z");

/** The refusal of a condition, by the places of its mistakes. */
function refused(where: ConditionType): { code: string; paths: string[] } {
  try {
    checkCondition(where, segments, "en");
  } catch (error) {
    if (error instanceof Refusal)
      return { code: error.kind.code, paths: (error.errors ?? []).map(({ path }) => path) };
    throw error;
  }
  return { code: "none", paths: [] };
}

describe.each(Object.keys(meanings) as (keyof typeof meanings)[])("a condition of kind %s", (kind) => {
  const example = examples[kind];

  test("is what the contract describes, and nothing more", () => {
    expect(Condition.parse(example)).toEqual(example);
    expect(Condition.safeParse({ ...example, extra: 1 }).success).toBe(false);
  });

  test("has a label and a form for each of its own fields", () => {
    const { label, form } = meanings[kind];
    expect(label.zh).not.toBe("");
    expect(label.en).not.toBe("");
    const inForm: readonly string[] = form.map(({ name }) => name);
    for (const field of Object.keys(example).filter((name) => name !== "kind"))
      expect(inForm).toContain(field);
  });

  test("reads in both languages", () => {
    const { zh, en } = sentenceOf(example, segments);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/[a-z]/);
    expect(`${zh}${en}`).not.toContain("undefined");
  });

  test("passes the check, and compiles to a query in which every value is bound", () => {
    expect(refused(example).code).toBe("none");
    const { text, params } = personsMatching(workspace, example, now, { segments });
    expect(text).toContain("person");
    expect(text).not.toMatch(/杭州|Order Completed|formula/);
    expect([...text.matchAll(/\{(p\d+):/g)].map(([, name]) => name).sort()).toEqual(
      Object.keys(params).sort(),
    );
  });

  test("answers the remaining questions", () => {
    const meaning = meaningOf(example);
    expect(["never", "daily", "always"]).toContain(meaning.timeSense(example as never));
    expect(Array.isArray(meaning.mentions(example as never))).toBe(true);
    expect(Array.isArray(meaning.warnings(example as never))).toBe(true);
  });
});

describe("sentences", () => {
  test("read like a marketer would say it", () => {
    expect(sentenceOf(examples.did, segments)).toEqual({
      zh: "最近 90 天有过「完成订单」（类目是奶粉）至少 2 次，金额（元）合计超过 99.5",
      en: "did “Order Completed” at least 2 times in the last 90 days where category is infant formula, with a total amount (yuan) of more than 99.5",
    });
    expect(
      sentenceOf(
        { kind: "did", event: "Order Completed", count: { op: "=", value: 0 }, withinDays: 30 },
        segments,
      ),
    ).toEqual({
      zh: "最近 30 天没有「完成订单」",
      en: "never did “Order Completed” in the last 30 days",
    });
  });

  test("put brackets around a choice inside a list", () => {
    const { zh, en } = sentenceOf({ kind: "all", of: [examples.any, examples.member] }, segments);
    expect(zh).toBe("（有过「完成订单」 或 宝宝处于0–1 月龄），并且属于人群「老客」");
    expect(en).toBe("(did “Order Completed” or has a child in: 0–1 months) and is in the segment “老客”");
  });
});

describe("mistakes", () => {
  test("are named by their place", () => {
    expect(
      refused({
        kind: "all",
        of: [
          { kind: "trait", key: "city", op: "in", value: "杭州" },
          { kind: "trait", key: "city", op: "exists", value: "杭州" },
          { kind: "not", of: { kind: "trait", key: "vip", op: ">", value: true } },
          { kind: "childAge", fromDays: 10, toDays: 5 },
          { kind: "member", segment: "99" },
          {
            kind: "did",
            event: "Order Completed",
            where: [
              { property: "amount", op: ">", value: "many" },
              { property: "quantity", op: "contains", value: "1" },
              { property: "category", op: "=" },
            ],
            sum: { property: "sku", op: ">", value: 1 },
          },
        ],
      }),
    ).toEqual({
      code: "segments/invalid-condition",
      paths: [
        "where.of.0.value",
        "where.of.1.value",
        "where.of.2.of.value",
        "where.of.3.toDays",
        "where.of.4.segment",
        "where.of.5.where.0.value",
        "where.of.5.where.1.value",
        "where.of.5.where.2.value",
        "where.of.5.sum.property",
      ],
    });
  });

  test("a condition too deep or too long is refused, also through saved segments", () => {
    let deep: ConditionType = bought;
    for (let i = 0; i < 20; i++) deep = { kind: "not", of: deep };
    expect(refused(deep).code).toBe("segments/too-deep");
    const fifty: ConditionType = { kind: "any", of: Array.from({ length: 50 }, () => bought) };
    expect(refused({ kind: "all", of: [fifty, fifty, fifty, fifty, fifty] }).code).toBe("segments/too-deep");
    const doubling = new Map<string, SavedSegment>([["0", { name: "0", where: bought }]]);
    for (let i = 1; i < 11; i++) {
      const below: ConditionType = { kind: "member", segment: String(i - 1) };
      doubling.set(String(i), { name: String(i), where: { kind: "all", of: [below, below] } });
    }
    expect(() => checkCondition({ kind: "member", segment: "10" }, doubling, "zh-CN")).toThrow(Refusal);
  });

  test("a segment that refers to itself through others is refused", () => {
    const three = new Map<string, SavedSegment>([
      ["1", { name: "A", where: { kind: "member", segment: "2" } }],
      ["2", { name: "B", where: { kind: "not", of: { kind: "member", segment: "3" } } }],
      ["3", { name: "C", where: bought }],
    ]);
    expect(() => checkCycle("3", { kind: "member", segment: "1" }, three)).toThrow(Refusal);
    expect(() => checkCycle("3", { kind: "all", of: [{ kind: "member", segment: "3" }] }, three)).toThrow(
      Refusal,
    );
    expect(() => checkCycle("1", { kind: "member", segment: "3" }, three)).not.toThrow();
  });
});

test("time alone changes what speaks of days", () => {
  expect(timeSenseOf(bought, segments)).toBe("never");
  expect(timeSenseOf({ kind: "not", of: examples.stage }, segments)).toBe("daily");
  expect(timeSenseOf({ kind: "any", of: [examples.stage, examples.did] }, segments)).toBe("always");
  const through = new Map<string, SavedSegment>([["7", { name: "x", where: examples.did }]]);
  expect(timeSenseOf(examples.member, through)).toBe("always");
});

test("what a condition speaks of, and what it warns of by itself", () => {
  expect(mentionsOf(examples.did)).toEqual([
    { event: "Order Completed" },
    { event: "Order Completed", property: "category" },
    { event: "Order Completed", property: "amount" },
  ]);
  expect(mentionsOf({ kind: "stage", in: ["0-1"], inferred: 0.8 })).toEqual([
    { tag: "stage" },
    { tag: "guessed-age" },
  ]);
  expect(warningsOf({ kind: "not", of: { kind: "stage", in: ["trying"] } })).toHaveLength(1);
});
