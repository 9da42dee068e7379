/** The stretches over which figures are looked at, in minutes. */
export const stretches = [1, 2, 10, 60] as const;
export type Stretch = (typeof stretches)[number];

const minutesAWeek = 7 * 24 * 60;

/**
 * The chance below which a figure counts as breached, so that all figures together raise no more than `perWeek` false
 * alarms in a week. Bonferroni over figures and over looks that do not overlap, four to a stretch since the stretch
 * slides: the real looks are more, but repeat one another.
 */
export function alarmLevel(figures: number, perWeek = 0.25): number {
  const looks = stretches.reduce((sum, minutes) => sum + (4 * minutesAWeek) / minutes, 0);
  return perWeek / (Math.max(20, figures) * looks);
}
