import { stretches } from "@stork/models/watch/allowance.ts";
import { type Bins, binOf, type LevelModel, shiftOf } from "@stork/models/watch/levels.ts";
import { numberAt } from "../event-field.ts";
import type { Found, Indicator, Sight } from "../indicator.ts";
import type { StreamModel } from "../model.ts";
import { binsOf } from "../tally.ts";

const least = 8;
const usualFactor = 5;

/** The newest stretch with enough numbers whose middle is off by the threshold, surely. */
export function lookAtLevel(
  sight: Sight,
  field: string,
  model: LevelModel,
  bins: (counts: ReadonlyMap<string, number>) => Bins,
): Found | null {
  const factor = sight.threshold ?? usualFactor;
  for (const stretch of stretches) {
    const shift = shiftOf(model, bins(sight.view.counted(stretch)));
    if (shift === null || shift.of < least) continue;
    const off = shift.factor >= factor || shift.factor <= 1 / factor;
    const breached = off && shift.chance < sight.level;
    return {
      ...{
        field,
        value: shift.factor,
        of: shift.of,
        usual: 1,
        breached,
        chance: breached ? shift.chance : 1,
      },
      since: breached ? sinceWhen(sight, model, bins, factor) : sight.now,
      bounds: () => ({ low: 1 / factor, high: factor }),
    };
  }
  return null;
}

function sinceWhen(
  { view, now }: Sight,
  model: LevelModel,
  bins: (counts: ReadonlyMap<string, number>) => Bins,
  factor: number,
): number {
  const half = Math.sqrt(factor);
  let since = now;
  for (const [minute, counts] of view.minutes().reverse()) {
    const shift = shiftOf(model, bins(counts));
    if (shift === null) continue;
    if (shift.factor < half && shift.factor > 1 / half) break;
    since = Math.min(since, minute);
  }
  return since;
}

/** Numbers that are a hundred times, or a hundredth, of what they were: fen sent as yuan, a comma lost. */
export const priceShift: Indicator = {
  dimension: "accuracy",
  scope: "field",
  unit: "level",
  name: { zh: "数值整体偏移", en: "Numbers shifted as a whole" },
  definition: {
    zh: "某字段数值的中位数相对平时的倍数（如元写成分，放大 100 倍）",
    en: "The middle of a field's numbers as a multiple of the usual one (fen sent as yuan: 100)",
  },
  needs: {
    zh: "一小时内至少 8 个数值；学习范围需要 50 个以上",
    en: "At least 8 numbers within an hour; learned from 50 or more",
  },
  threshold: usualFactor,
  look(sight) {
    const levels = (sight.model as StreamModel | null)?.levels ?? {};
    return Object.entries(levels).flatMap(([field, model]) => {
      const found = lookAtLevel(sight, field, model, (counts) => binsOf(counts, field));
      return found === null ? [] : [found];
    });
  },
  shows(event, field, model) {
    const value = numberAt(event, field);
    const usual = model?.levels[field];
    if (value === null || usual === undefined) return false;
    return Math.abs(binOf(value) + 0.5 - usual.middle) >= 2 * Math.log2(usualFactor);
  },
};
