import type { Words } from "@stork/contract/common.ts";
import { type Stretch, stretches } from "@stork/models/watch/allowance.ts";
import {
  isSurelyAbove,
  mostUsual,
  type Portion,
  type ShareModel,
  shareTail,
  usualShare,
} from "@stork/models/watch/shares.ts";
import type { Found, Indicator, Sight } from "./indicator.ts";
import type { StreamModel } from "./model.ts";

export interface ShareSpec
  extends Pick<Indicator, "dimension" | "scope" | "name" | "definition" | "threshold" | "usual" | "shows"> {
  /** What has to be there before a share is judged. */
  readonly least: number;
  /** By how much a share must be above what is usual to matter, in points of share. */
  readonly effect: number;
  /** Whether the threshold says nothing by itself, before it is known what is usual: a field may be an optional one. */
  readonly needsUsual?: boolean;
  /** The shortest stretch it is judged in: 10 where one visitor's clicks come together and are alike. Default 1. */
  readonly from?: Stretch;
  /** The shares in a stretch, by field; "" where it is of the event or source. */
  portions(counts: ReadonlyMap<string, number>, model: StreamModel | null): Map<string, Portion>;
}

/** How firmly a fixed threshold is held: as if it had been seen in so many events. */
const firmness = 1000;

/** An indicator that is so many of so many: most are. Judged by beta-binomial tails against what was learned. */
export function shareIndicator(id: string, spec: ShareSpec): Indicator {
  const { least, usual } = spec;
  const modelOf = (model: StreamModel | null, field: string): ShareModel | null =>
    model === null ? null : (usual?.(model, field) ?? model.shares[`${id} ${field}`] ?? null);
  return {
    ...spec,
    unit: "share",
    needs: needsWords(least),
    look(sight) {
      const hour = spec.portions(sight.view.counted(60), sight.model);
      const shorter = new Map<Stretch, Map<string, Portion>>();
      const portionIn = (stretch: Stretch, field: string): Portion | undefined => {
        if (stretch === 60) return hour.get(field);
        let portions = shorter.get(stretch);
        if (portions === undefined) {
          portions = spec.portions(sight.view.counted(stretch), sight.model);
          shorter.set(stretch, portions);
        }
        return portions.get(field);
      };
      const found: Found[] = [];
      for (const [field, whole] of hour) {
        if (whole.of < least) continue;
        const model = modelOf(sight.model, field);
        const portions = (stretch: Stretch) => portionIn(stretch, field);
        found.push(judge(spec, sight, model, field, whole, portions));
      }
      return found;
    },
    portions: (counts, model) => spec.portions(counts, model),
  };
}

function judge(
  spec: ShareSpec,
  sight: Sight,
  model: ShareModel | null,
  field: string,
  hour: Portion,
  portionIn: (stretch: Stretch) => Portion | undefined,
): Found {
  const usual = model === null || model.of < 50 ? null : usualShare(model);
  const floor = floorOf(spec, sight, usual);
  const chanceIn = (portion: Portion): number | null =>
    floor !== null && isSurelyAbove(portion, floor.breach) ? chanceOf(sight, model, usual, portion) : null;
  const isBreach = (portion: Portion): boolean => (chanceIn(portion) ?? 1) < sight.level;
  const bounds = (of: number) => () => ({
    low: null,
    high: usual === null ? null : mostUsual(of, (bad) => isBreach({ bad, of })),
  });
  // Nothing wrong in the whole hour: nothing wrong in any part of it.
  if (hour.bad === 0) return { ...well(field, 0, hour.of, usual, sight.now), bounds: bounds(hour.of) };
  const ten = portionIn(10) ?? { bad: 0, of: 0 };
  const shown = ten.of >= spec.least ? ten : hour;
  const calm = { ...well(field, shown.bad / shown.of, shown.of, usual, sight.now), bounds: bounds(shown.of) };
  if (floor === null) return calm;
  // Too few of the last ten minutes are bad for any part of them to be, and of the hour too small a part is.
  const few = ten.bad < floor.breach * spec.least && ten.bad < floor.breach * ten.of;
  if (few && hour.bad < floor.breach * hour.of) return calm;
  const held = stretches.filter(
    (stretch) => stretch >= (spec.from ?? 1) && (portionIn(stretch)?.of ?? 0) >= spec.least,
  );
  const newest = portionIn(held[0] ?? 60) as Portion;
  const value = newest.bad / newest.of;
  const base = { ...well(field, value, newest.of, usual, sight.now), bounds: bounds(newest.of) };
  // What is well again in the newest stretch is not held against it for the rest of the hour.
  if (value < floor.back) return base;
  for (const stretch of held) {
    const portion = portionIn(stretch) as Portion;
    const chance = chanceIn(portion);
    if (chance === null || chance >= sight.level) continue;
    // Nor where nothing came since: a source that stops does not bring back what was put right before.
    if (isWellLast(spec, sight, field, floor.back)) return base;
    const worse = portion.bad / portion.of > value ? portion : newest;
    const since = sinceWhen(spec, sight, field, floor.back);
    const is = { value: worse.bad / worse.of, of: worse.of, breached: true, chance, since };
    return { ...base, ...is, bounds: bounds(worse.of) };
  }
  return base;
}

/** Whether the last that came, however long ago within the hour, was well again. */
function isWellLast(spec: ShareSpec, { view, model }: Sight, field: string, back: number): boolean {
  let bad = 0;
  let of = 0;
  for (const [, counts] of view.minutes().reverse()) {
    const portion = spec.portions(counts, model).get(field);
    bad += portion?.bad ?? 0;
    of += portion?.of ?? 0;
    if (of >= spec.least) break;
  }
  return of > 0 && bad / of < back;
}

/** From where on a share matters, and below which it is well again; null while nothing is known and nothing fixed. */
function floorOf(
  { effect, needsUsual = false }: ShareSpec,
  { threshold, own }: Sight,
  usual: number | null,
): { breach: number; back: number } | null {
  if (needsUsual && usual === null && !own) return null;
  const learned = usual === null ? null : Math.max(usual + effect, usual * 1.5);
  // Where more than the default threshold is usual (an optional field), only what was learned holds.
  const fixed = threshold !== null && (own || usual === null || usual < threshold * 0.75) ? threshold : null;
  if (own && fixed !== null) return { breach: fixed, back: fixed * 0.75 };
  const breach = Math.min(learned ?? 2, fixed ?? 2);
  if (breach > 1) return null;
  return { breach, back: usual === null ? breach * 0.6 : usual + (breach - usual) / 2 };
}

/** The chance of such a share or a worse one: as usual where that is known, else just at the threshold. */
function chanceOf(sight: Sight, model: ShareModel | null, usual: number | null, portion: Portion): number {
  const { threshold, own } = sight;
  if (model !== null && usual !== null && !own) return shareTail(model, portion);
  const at = Math.min(0.99, Math.max(0.001, threshold ?? 1));
  return shareTail({ a: at * firmness, b: (1 - at) * firmness, of: firmness }, portion);
}

/** Back from now as long as minutes are bad; minutes without any do not tell. */
function sinceWhen(spec: ShareSpec, { view, model, now }: Sight, field: string, back: number): number {
  let since = now;
  for (const [minute, counts] of view.minutes().reverse()) {
    const portion = spec.portions(counts, model).get(field);
    if (portion === undefined || portion.of === 0) continue;
    if (portion.bad / portion.of < back) break;
    since = minute;
  }
  return Math.min(since, now);
}

const well = (field: string, value: number, of: number, usual: number | null, now: number) => ({
  ...{ field, value, of, usual, breached: false, chance: 1, since: now },
});

const needsWords = (least: number): Words => ({
  zh: `一小时内至少 ${least} 条；学习范围需要 100 条以上的历史`,
  en: `At least ${least} within an hour; bounds are learned from 100 or more`,
});
