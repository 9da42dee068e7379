import type { TagName } from "../segments/condition.ts";
import type { Known } from "./known-name.ts";

/** What Stork works out of other names, and which those are. */
interface KnownTag extends Known {
  /** Entries that it is worked out of. */
  of: readonly string[];
}

const sensitivity = "sensitive" as const;
const datesOfChildren = ["trait:dueDate", "trait:babyBirthday", "record:member/children"];

export const knownTags = {
  stage: {
    ...{ type: "text", sensitivity, of: datesOfChildren },
    label: { zh: "宝宝阶段", en: "Child's stage" },
    meaning: {
      zh: "由说明的预产期或生日按工作区当天日期推算：备孕、孕期、月龄段。",
      en: "From the stated due date or birthday, on the workspace's date today: pregnancy or an age in months.",
    },
  },
  "child-age": {
    ...{ type: "number", unit: "天 days", sensitivity, of: datesOfChildren },
    label: { zh: "宝宝年龄", en: "Child's age" },
    meaning: {
      zh: "由说明的预产期或生日推算的天数，出生前为负。",
      en: "Days since the stated birthday, or until the due date as a negative number.",
    },
  },
  "guessed-age": {
    ...{ type: "date", sensitivity, of: ["property:Order Completed/products", "record:order/items"] },
    label: { zh: "由购买推测的年龄", en: "Age guessed from purchases" },
    meaning: {
      zh: "没有说明过宝宝的家庭，由买过什么推测出生月份，附把握；一经说明即被取代。",
      en: "For families that told of no child: the month of birth guessed from what was bought, with its confidence; what is stated takes its place at once.",
    },
  },
} as const satisfies Record<TagName, KnownTag>;
