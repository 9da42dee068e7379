import type { Stretch } from "@stork/models/watch/allowance.ts";
import { countAtLeast, countAtMost } from "@stork/models/watch/tails.ts";
import type { Found, Indicator, Sight } from "../indicator.ts";
import { countOf } from "../tally.ts";

const minuteMs = 60_000;
const least = 10;
/** Days of live data from which volumes are judged. */
const leastDays = 7;

/** Counts of the last minutes against what the hour, the weekday and the season usually bring. */
function look(sight: Sight, way: "drop" | "rise", factor: number): Found[] {
  const { view, model, now } = sight;
  if (model?.seasonal === null || model === null || model.liveDays < leastDays || !sight.live) return [];
  let shown: Found | null = null;
  for (const stretch of [60, 10] as const) {
    const mean = sight.expected(startOf(now, stretch), now);
    if (mean === null || mean < least) continue;
    const law = { mean, dispersion: model.seasonal.dispersion };
    const counts = view.counted(stretch);
    const count = countOf(counts, "events") - countOf(counts, "imported");
    const value = count / mean;
    // While nobody looked (the server slept) nothing could be counted.
    const blind = way === "drop" && sight.awakeSince > startOf(now, stretch);
    const off = way === "drop" ? value < factor : value > factor;
    const tail = way === "drop" ? countAtMost(count, law) : countAtLeast(count, law);
    const breached = off && !blind && !sight.strangeDay && tail < sight.level;
    const since = breached ? startOf(now, stretch) : now;
    const bounds = () => ({ low: way === "drop" ? factor : null, high: way === "rise" ? factor : null });
    const found = {
      field: "",
      value,
      of: Math.round(mean),
      usual: 1,
      breached,
      chance: breached ? tail : 1,
      since,
      bounds,
    };
    if (breached) return [found];
    shown ??= found;
  }
  return shown === null ? [] : [shown];
}

/** The minute under way counts as the first of the stretch. */
const startOf = (now: number, stretch: Stretch): number =>
  Math.floor(now / minuteMs) * minuteMs - (stretch - 1) * minuteMs;

const needs = {
  zh: `${leastDays} 天以上实时历史，且该时段平时至少 ${least} 条`,
  en: `${leastDays} days of live history, and ${least} events usual for the stretch`,
};

export const volumeDrop: Indicator = {
  dimension: "timeliness",
  scope: "source",
  unit: "level",
  name: { zh: "数据量骤降", en: "Volume dropped" },
  definition: {
    zh: "近 10 或 60 分钟的事件数相对该时段平时的倍数（过低）",
    en: "Events of the last 10 or 60 minutes as a multiple of what is usual then (too low)",
  },
  needs,
  threshold: 0.35,
  look: (sight) => look(sight, "drop", sight.threshold ?? 0.35),
};

export const volumeRise: Indicator = {
  dimension: "timeliness",
  scope: "source",
  unit: "level",
  name: { zh: "数据量骤增", en: "Volume rose" },
  definition: {
    zh: "近 10 或 60 分钟的事件数相对该时段平时的倍数（过高）",
    en: "Events of the last 10 or 60 minutes as a multiple of what is usual then (too high)",
  },
  needs,
  threshold: 4,
  look: (sight) => look(sight, "rise", sight.threshold ?? 4),
};
