/** What kind of a day it is, as the calendar says. */
export interface DayKind {
  /** 0 Monday … 6 Sunday; a working Saturday that makes up for a holiday is a Friday. */
  weekday: number;
  /** A sale or a public holiday, e.g. "618", "spring-festival"; null on ordinary days. */
  special: string | null;
}

export interface CountedDay extends DayKind {
  /** Events in each of the day's 24 hours. */
  hours: readonly number[];
}

/** How many events an hour brings: level × weekday × share of the hour × special day. */
export interface SeasonalModel {
  /** Events on a day of mean weekday, as of the last day learned from. */
  level: number;
  /** Shares of the hours of working days and of weekends; each sums to 1. */
  workday: readonly number[];
  weekend: readonly number[];
  /** Factors of the weekdays, around 1. */
  weekdays: readonly number[];
  /** Factors of special days seen before. */
  special: Readonly<Record<string, number>>;
  /** Variance beyond Poisson's: variance = mean + dispersion · mean². */
  dispersion: number;
  days: number;
}

const halfLifeDays = 7;
const hourShrink = 2;
const weekdayShrink = 2;

/**
 * A robust multiplicative profile of counts: hours within the day by pooled shares, weekdays by trimmed ratios shrunk
 * toward 1, the level by an exponentially weighted mean of log totals (Holt's simple smoothing with a half-life of a
 * week), special days apart. Days of less than a third of the middle one (an outage) do not teach. The dispersion is the
 * moment estimator of the negative binomial on one-step-ahead residuals of hours and of days, the larger of both, plus an
 * allowance for few days. Null with fewer than three days that teach.
 */
export function fitSeasonal(all: readonly CountedDay[]): SeasonalModel | null {
  const ordinary = withoutOutages(all.filter((day) => day.special === null));
  if (ordinary.length < 3) return null;
  const weekdays = fitWeekdays(ordinary);
  const pooled = sharesOf(ordinary, new Array<number>(24).fill(1 / 24));
  const workday = sharesOf(
    ordinary.filter((day) => day.weekday < 5),
    pooled,
  );
  const weekend = sharesOf(
    ordinary.filter((day) => day.weekday >= 5),
    pooled,
  );
  const keep = 0.5 ** (1 / halfLifeDays);
  const logs = ordinary.map((day) => Math.log(totalOf(day) / (weekdays[day.weekday] as number) + 0.5));
  let level = middleOf(logs.slice(0, 14));
  const base = { workday, weekend, weekdays, special: {}, dispersion: 0, days: ordinary.length };
  const hourly = { excess: [] as number[], squares: 0 };
  const daily = { excess: [] as number[], squares: 0 };
  for (const [i, day] of ordinary.entries()) {
    const ahead: SeasonalModel = { ...base, level: Math.exp(level) };
    for (const [hour, count] of day.hours.entries()) note(hourly, count, hourMean(ahead, day, hour));
    note(daily, totalOf(day), ahead.level * (weekdays[day.weekday] as number));
    level = keep * level + (1 - keep) * (logs[i] as number);
  }
  const dispersion = Math.max(0.01, dispersionOf(hourly), dispersionOf(daily)) + 0.5 / ordinary.length;
  const model = { ...base, level: Math.max(0, Math.exp(level) - 0.5), dispersion };
  return { ...model, special: fitSpecial(all, model) };
}

/** Events expected in an hour of such a day. */
export function hourMean(model: SeasonalModel, day: DayKind, hour: number): number {
  const shares = day.weekday < 5 ? model.workday : model.weekend;
  const special = day.special === null ? 1 : (model.special[day.special] ?? 1);
  return model.level * (model.weekdays[day.weekday] ?? 1) * special * (shares[hour] ?? 0);
}

/** Events an hour at a moment of the day, `hour` with its fraction; between the middles of hours by a straight line. */
export function rateAt(model: SeasonalModel, day: DayKind, hour: number): number {
  const before = Math.floor(hour - 0.5);
  const part = hour - 0.5 - before;
  const from = hourMean(model, day, (before + 24) % 24);
  return from + (hourMean(model, day, (before + 1) % 24) - from) * part;
}

const totalOf = (day: CountedDay): number => day.hours.reduce((sum, count) => sum + count, 0);

function withoutOutages(days: readonly CountedDay[]): readonly CountedDay[] {
  const middle = middleOf(days.map(totalOf));
  return days.filter((day) => totalOf(day) > middle / 3);
}

function fitWeekdays(days: readonly CountedDay[]): number[] {
  const ratios = Array.from({ length: 7 }, () => [] as number[]);
  for (const [i, day] of days.entries()) {
    // Against the week around it, so that growth is not taken for a weekday.
    const around = days.slice(Math.max(0, i - 3), i + 4).map(totalOf);
    const mean = around.reduce((sum, count) => sum + count, 0) / around.length;
    if (mean > 0) ratios[day.weekday]?.push(totalOf(day) / mean);
  }
  const factors = ratios.map((some) =>
    some.length === 0 ? 1 : (some.length * middleOf(some) + weekdayShrink) / (some.length + weekdayShrink),
  );
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / 7;
  return factors.map((factor) => factor / mean);
}

/** Shares of the hours, pooled over days of one weight each, drawn a little toward `otherwise`. */
function sharesOf(days: readonly CountedDay[], otherwise: readonly number[]): number[] {
  const sums = otherwise.map((share) => share * hourShrink);
  for (const day of days) {
    const total = totalOf(day);
    if (total === 0) continue;
    for (const [hour, count] of day.hours.entries()) sums[hour] = (sums[hour] ?? 0) + count / total;
  }
  const all = sums.reduce((sum, share) => sum + share, 0);
  return sums.map((share) => share / all);
}

function fitSpecial(days: readonly CountedDay[], model: SeasonalModel): Record<string, number> {
  const ratios = new Map<string, number[]>();
  for (const day of days) {
    if (day.special === null) continue;
    const usual = model.level * (model.weekdays[day.weekday] as number);
    if (usual <= 0) continue;
    ratios.set(day.special, [...(ratios.get(day.special) ?? []), totalOf(day) / usual]);
  }
  return Object.fromEntries([...ratios].map(([name, some]) => [name, middleOf(some)]));
}

function note(sums: { excess: number[]; squares: number }, count: number, mean: number): void {
  sums.excess.push((count - mean) ** 2 - mean);
  sums.squares += mean * mean;
}

/** Without the hundredth part that is furthest off: an hour's outage must not make every outage look usual. */
function dispersionOf({ excess, squares }: { excess: number[]; squares: number }): number {
  if (squares <= 0) return 0;
  const sorted = excess.toSorted((x, y) => x - y);
  const kept = sorted.slice(0, Math.ceil(sorted.length * 0.99));
  return Math.max(0, kept.reduce((sum, one) => sum + one, 0) / squares);
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
