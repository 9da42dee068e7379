import type { Condition } from "@stork/contract/segments.ts";
import { ch, joined, type Statement, u32 } from "../../platform/clickhouse.ts";
import { type Meaning, plain } from "../condition.ts";
import { everybody } from "../everybody.ts";
import { joinWords } from "../words.ts";

const shared = {
  form: [{ name: "of", label: { zh: "条件", en: "Conditions" }, input: "conditions", required: true }],
  parts: ({ of }: { of: Condition[] }) => of.map((part, i) => ({ path: ["of", i], part })),
} as const;

/** Every part holds; with no part, everybody. */
export const all: Meaning<"all"> = {
  ...plain,
  ...shared,
  label: { zh: "同时满足", en: "All of" },
  query: ({ of }, place, inner) => {
    if (of.length === 0) return everybody(place);
    // Each part selects a person once, so those in all parts are those counted as often as there are parts.
    return ch`select person from (${together(of, inner)}) group by person having count() = ${u32(of.length)}`;
  },
  holds: ({ of }, _facts, _moment, inner) => of.every(inner),
  throughChild: ({ of }, inner) => of.some(inner),
  sentence: ({ of }, inner) =>
    of.length === 0 ? { zh: "所有用户", en: "everybody" } : joinWords(of.map(inner), "，并且", " and "),
};

/** At least one part holds; with no part, nobody. */
export const any: Meaning<"any"> = {
  ...plain,
  ...shared,
  label: { zh: "满足任一", en: "Any of" },
  query: ({ of }, _place, inner) => {
    if (of.length === 0) return ch`select toUInt64(0) as person where 0`;
    return ch`select person from (${together(of, inner)}) group by person`;
  },
  holds: ({ of }, _facts, _moment, inner) => of.some(inner),
  throughChild: ({ of }, inner) => of.length > 0 && of.every(inner),
  sentence: ({ of }, inner) =>
    of.length === 0 ? { zh: "没有人", en: "nobody" } : joinWords(of.map(inner), " 或 ", " or "),
};

const together = (of: readonly Condition[], inner: (part: Condition) => Statement): Statement =>
  joined(
    of.map((part) => ch`select person from (${inner(part)})`),
    " union all ",
  );
