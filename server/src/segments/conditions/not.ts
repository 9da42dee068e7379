import { ch } from "../../platform/clickhouse.ts";
import { type Meaning, plain } from "../condition.ts";
import { everybody } from "../everybody.ts";

/** Everybody else. */
export const not: Meaning<"not"> = {
  ...plain,
  label: { zh: "不满足", en: "Not" },
  form: [{ name: "of", label: { zh: "条件", en: "Condition" }, input: "condition", required: true }],
  parts: ({ of }) => [{ path: ["of"], part: of }],
  query: ({ of }, place, inner) =>
    ch`select person from (${everybody(place)}) where person not in (select person from (${inner(of)}))`,
  holds: ({ of }, _facts, _moment, inner) => !inner(of),
  sentence: ({ of }, inner) => {
    const { zh, en } = inner(of);
    return { zh: `不满足「${zh}」`, en: `not (${en})` };
  },
};
