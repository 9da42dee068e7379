/** Megabytes a minute: the slope of the line of least squares through the samples. */
export function memorySlope(samples: readonly { minute: number; mb: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const minute = mean(samples.map((sample) => sample.minute));
  const mb = mean(samples.map((sample) => sample.mb));
  let along = 0;
  let square = 0;
  for (const sample of samples) {
    along += (sample.minute - minute) * (sample.mb - mb);
    square += (sample.minute - minute) ** 2;
  }
  return Math.round((along / square) * 100) / 100;
}
