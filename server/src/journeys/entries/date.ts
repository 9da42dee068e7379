import type { EntryMeaning } from "../entry.ts";

const names = {
  due: { zh: "预产期", en: "due date" },
  birthday: { zh: "宝宝生日", en: "child's birthday" },
} as const;

/** So many days before or after a child's date, at a time of that day. */
export const date: EntryMeaning<"date"> = {
  wokenBy: () => null,
  lets: () => null,
  looks: ({ kind: _, ...entry }) => ({ for: "date", date: entry }),
  byChild: () => true,
  asks: () => null,
  sentence: ({ of, offsetDays, at }) => {
    const days = Math.abs(offsetDays);
    if (days === 0) return { zh: `${names[of].zh}当天 ${at}`, en: `on the ${names[of].en} at ${at}` };
    const side = offsetDays < 0 ? { zh: "前", en: "before" } : { zh: "后", en: "after" };
    return {
      zh: `${names[of].zh}${side.zh} ${days} 天 ${at}`,
      en: `${days} ${days === 1 ? "day" : "days"} ${side.en} the ${names[of].en} at ${at}`,
    };
  },
};
