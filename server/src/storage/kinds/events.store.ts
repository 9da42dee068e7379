import { monthTable } from "../month-table.store.ts";
import type { KindOfStorage } from "../stored-kind.ts";

const facts = { table: "event", at: "at" };

export const events: KindOfStorage = {
  label: { zh: "事件", en: "Events" },
  what: {
    zh: "谁在什么时候做了什么。移到冷层后人群和报表不再看到，可以查询数量，也可以取回；删除后无法恢复。",
    en: "Who did what and when. In the cold tier segments and reports no longer see it; it can be counted and brought back. Deleted, it is gone.",
  },
  tiers: ["hot", "warm", "cold"],
  policy: { warmAfterDays: 180, coldAfterDays: null, deleteAfterDays: null },
  facts,
  ...monthTable(facts),
};
