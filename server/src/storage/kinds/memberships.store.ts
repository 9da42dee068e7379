import { monthTable } from "../month-table.store.ts";
import type { KindOfStorage } from "../stored-kind.ts";

const facts = { table: "membership_change", at: "at" };

export const memberships: KindOfStorage = {
  label: { zh: "人群进出记录", en: "Changes of segments" },
  what: {
    zh: "谁在什么时候进入、离开人群。现在谁在人群里不受影响，只少了历史曲线。",
    en: "Who entered and left a segment, and when. Who is in it now stays; only the curve of the past is lost.",
  },
  tiers: ["hot", "warm", "cold"],
  policy: { warmAfterDays: 180, coldAfterDays: null, deleteAfterDays: null },
  facts,
  ...monthTable(facts),
};
