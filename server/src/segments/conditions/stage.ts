import { childColumns, stageSql } from "../../catalog/stage-sql.ts";
import { stageNames, stageOn } from "../../catalog/stages.ts";
import { ch, date, list, u32 } from "../../platform/clickhouse.ts";
import { type Meaning, plain } from "../condition.ts";
import { childrenCounted, guessMentioned, orGuessed, withGuessed } from "../guessed.ts";

/** Has a child, born or expected, in one of the stages today. */
export const stage: Meaning<"stage"> = {
  ...plain,
  label: { zh: "宝宝阶段", en: "Child's stage" },
  form: [{ name: "in", label: { zh: "阶段", en: "Stages" }, input: "stages", required: true }],
  query: (condition, place) => {
    const { workspace, today, person, restriction } = place;
    const wanted = list("String", condition.in);
    return orGuessed(
      ch`select distinct ${person} as person from child final
    where workspace = ${u32(workspace)} and removed = 0 and usable = 1${restriction}
      and ${stageSql(ch`born_on`, ch`due_on`, date(today), childColumns)} in ${wanted}`,
      condition.inferred,
      place,
      ch`${stageSql(ch`born_on`, ch`due_on`, date(today))} in ${wanted}`,
    );
  },
  holds: (condition, facts, { today }) =>
    childrenCounted(facts, condition.inferred).some((child) => {
      const now = stageOn(child, today);
      return now !== null && condition.in.includes(now);
    }),
  sentence: (condition) =>
    withGuessed(
      {
        zh: `宝宝处于${condition.in.map((each) => stageNames[each].zh).join("、")}`,
        en: `has a child in: ${condition.in.map((each) => stageNames[each].en).join(", ")}`,
      },
      condition.inferred,
    ),
  warnings: (condition) =>
    condition.in.includes("trying")
      ? [
          {
            zh: "“备孕”还没有宝宝可以推算，目前不会选中任何人。",
            en: "“Trying” has no child to reckon from; it selects nobody yet.",
          },
        ]
      : [],
  mentions: ({ inferred }) => [{ tag: "stage" }, ...guessMentioned(inferred)],
  timeSense: () => "daily",
  // A guess is no child that one may speak of after a loss.
  throughChild: ({ inferred }) => inferred === undefined,
};
