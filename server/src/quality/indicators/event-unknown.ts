import type { Indicator } from "../indicator.ts";
import { countOf } from "../tally.ts";

const least = 20;

export const eventUnknown: Indicator = {
  dimension: "consistency",
  scope: "event",
  unit: "count",
  name: { zh: "从未见过的事件", en: "Event never seen before" },
  definition: {
    zh: "一小时内收到的、该来源以前没有发过的事件名的条数（多为改名）",
    en: "Events within an hour under a name that the source never sent before (mostly a renaming)",
  },
  needs: {
    zh: "来源有 500 条以上的历史",
    en: "A source with a history of 500 events or more",
  },
  threshold: least,
  look({ view, model, sourceModel, threshold, now }) {
    if (sourceModel === null || sourceModel.events < 500 || model !== null || view.name === "*") return [];
    if (sourceModel.names.includes(view.name)) return [];
    const value = countOf(view.counted(60), "events") - countOf(view.counted(60), "imported");
    const breached = value >= (threshold ?? least);
    const since = view.minutes()[0]?.[0] ?? now;
    const bounds = () => ({ low: null, high: threshold });
    return [{ field: "", value, of: value, usual: 0, breached, chance: breached ? 0 : 1, since, bounds }];
  },
};
