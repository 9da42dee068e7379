import { monthTable } from "../month-table.store.ts";
import type { KindOfStorage } from "../stored-kind.ts";

const facts = { table: "quality_minute", at: "minute" };

export const quality: KindOfStorage = {
  label: { zh: "质量监测的分钟统计", en: "The quality watch's minutes" },
  what: {
    zh: "每分钟各来源各字段的统计。按小时的统计另存，学到的界限不受影响。",
    en: "Counts by source and field for every minute. Those by hour are kept beside; learned bounds are not touched.",
  },
  tiers: ["hot"],
  policy: { warmAfterDays: null, coldAfterDays: null, deleteAfterDays: 90 },
  facts: null,
  ...monthTable(facts),
};
