import type { Condition } from "@stork/contract/segments.ts";
import { propertyOf } from "../../segments/properties.ts";
import { sentenceOf } from "../../segments/sentence.ts";
import { eventLabel } from "../../segments/words.ts";
import type { EntryMeaning, EntryOf } from "../entry.ts";

const asCondition = ({ event, where }: EntryOf<"event">): Condition => ({ kind: "did", event, where });

/** Something was done. */
export const event: EntryMeaning<"event"> = {
  wokenBy: (entry) => entry.event,
  lets: ({ where }, fact) =>
    where.every(({ property, op, value }) => propertyOf(property).fits(fact, op, value))
      ? { child: null }
      : null,
  looks: () => null,
  byChild: () => false,
  asks: asCondition,
  sentence: (entry, segments) => {
    if (entry.where.length > 0) return sentenceOf(asCondition(entry), segments);
    const name = eventLabel(entry.event) ?? { zh: entry.event, en: entry.event };
    return { zh: `发生「${name.zh}」`, en: `when “${name.en}” happens` };
  },
};
