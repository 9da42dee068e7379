import { ageDaysSql } from "../../catalog/stage-sql.ts";
import { ageDays } from "../../catalog/stages.ts";
import { ch, date, i64, u32 } from "../../platform/clickhouse.ts";
import { type Meaning, plain } from "../condition.ts";
import { childrenCounted, guessMentioned, orGuessed, withGuessed } from "../guessed.ts";

/** Has a child whose age in days today lies in the range, both ends included; negative before birth. */
export const childAge: Meaning<"childAge"> = {
  ...plain,
  label: { zh: "宝宝年龄", en: "Child's age" },
  form: [
    { name: "fromDays", label: { zh: "从（天）", en: "From (days)" }, input: "days", required: true },
    { name: "toDays", label: { zh: "到（天）", en: "To (days)" }, input: "days", required: true },
  ],
  query: ({ fromDays, toDays, inferred }, place) => {
    const { workspace, today, person, restriction } = place;
    const fits = ch`ifNull(${ageDaysSql(ch`born_on`, ch`due_on`, date(today))} between ${i64(fromDays)} and ${i64(toDays)}, 0)`;
    return orGuessed(
      ch`select distinct ${person} as person from child final
    where workspace = ${u32(workspace)} and removed = 0 and usable = 1${restriction}
      and ${fits}`,
      inferred,
      place,
      fits,
    );
  },
  holds: ({ fromDays, toDays, inferred }, facts, { today }) =>
    childrenCounted(facts, inferred).some((child) => {
      const age = ageDays(child, today);
      return age !== null && age >= fromDays && age <= toDays;
    }),
  sentence: ({ fromDays, toDays, inferred }) =>
    withGuessed(
      {
        zh: `宝宝年龄在 ${fromDays} 到 ${toDays} 天${fromDays < 0 ? "（负数为出生前）" : ""}`,
        en: `has a child aged ${fromDays} to ${toDays} days${fromDays < 0 ? " (negative: before birth)" : ""}`,
      },
      inferred,
    ),
  problems: ({ fromDays, toDays }) =>
    fromDays <= toDays
      ? []
      : [{ path: ["toDays"], message: { zh: "“到”不能小于“从”", en: "“to” must not be below “from”" } }],
  mentions: ({ inferred }) => [{ tag: "child-age" }, ...guessMentioned(inferred)],
  timeSense: () => "daily",
  // A guess is no child that one may speak of after a loss.
  throughChild: ({ inferred }) => inferred === undefined,
};
