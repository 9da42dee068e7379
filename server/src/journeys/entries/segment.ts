import { speaksOfChild } from "../../segments/sentence.ts";
import type { EntryMeaning } from "../entry.ts";

/** Somebody comes into a segment. */
export const segment: EntryMeaning<"segment"> = {
  wokenBy: () => null,
  lets: () => null,
  looks: (entry) => ({ for: "segment", segment: Number(entry.segment), present: entry.present }),
  byChild: (entry, segments) => {
    const saved = segments.get(entry.segment);
    return saved !== undefined && speaksOfChild(saved.where, segments);
  },
  asks: (entry) => ({ kind: "member", segment: entry.segment }),
  sentence: (entry, segments) => {
    const name = segments.get(entry.segment)?.name ?? entry.segment;
    return entry.present
      ? { zh: `已在人群「${name}」里，或进入它`, en: `in the segment “${name}”, or coming into it` }
      : { zh: `进入人群「${name}」`, en: `when coming into the segment “${name}”` };
  },
};
