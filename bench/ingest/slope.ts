/** After a flood the facts' engine gives memory back for so long: a slope that begins at the bottom would rise. */
export const settleMinutes = 3;
/** Two samples closer than this say nothing of growth. */
const apartMinutes = 1;

/**
 * Megabytes a minute: the median slope of all lines through two samples (Theil and Sen), the first minutes left out. A
 * merge or a collection takes and gives back a hundred megabytes within seconds; through the mean square one of them at
 * either end would be a slope.
 */
export function memorySlope(samples: readonly { minute: number; mb: number }[]): number {
  const settled = samples.filter(({ minute }) => minute >= settleMinutes);
  const slopes = settled.flatMap((from, i) =>
    settled
      .slice(i + 1)
      .filter((to) => to.minute - from.minute >= apartMinutes)
      .map((to) => (to.mb - from.mb) / (to.minute - from.minute)),
  );
  slopes.sort((a, b) => a - b);
  return Math.round((slopes[slopes.length >> 1] ?? 0) * 100) / 100;
}
