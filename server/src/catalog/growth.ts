/**
 * Median growth by completed months: WHO Child Growth Standards (2006), weight-for-age and length/height-for-age, column
 * M of the LMS tables, rounded to 0.01 kg and 0.1 cm. China's WS/T 423-2022 is slightly higher at most ages; a workspace
 * that goes by it changes the entries.
 */
const months = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 18, 24, 30, 36, 48, 60] as const;
export type Sex = "girl" | "boy";

export const weightKg: Record<Sex, readonly number[]> = {
  boy: [
    3.35, 4.47, 5.57, 6.38, 7.0, 7.51, 7.93, 8.3, 8.62, 8.9, 9.16, 9.41, 9.65, 10.31, 10.94, 12.15, 13.3,
    14.34, 16.35, 18.34,
  ],
  girl: [
    3.23, 4.19, 5.13, 5.85, 6.42, 6.9, 7.3, 7.64, 7.95, 8.23, 8.48, 8.72, 8.95, 9.6, 10.23, 11.48, 12.71,
    13.85, 16.07, 18.22,
  ],
};
export const heightCm: Record<Sex, readonly number[]> = {
  boy: [
    49.9, 54.7, 58.4, 61.4, 63.9, 65.9, 67.6, 69.2, 70.6, 72.0, 73.3, 74.5, 75.7, 79.1, 82.3, 87.1, 91.9,
    96.1, 103.3, 110.0,
  ],
  girl: [
    49.1, 53.7, 57.1, 59.8, 62.1, 64.0, 65.7, 67.3, 68.7, 70.1, 71.5, 72.8, 74.0, 77.5, 80.7, 85.7, 90.7,
    95.1, 102.7, 109.4,
  ],
};

/** The month (to a tenth) at which the median reaches a value; the table's straight line goes on after its end. */
export function monthReached(medians: readonly number[], value: number): number {
  let i = 1;
  while (i < medians.length - 1 && (medians[i] as number) < value) i += 1;
  const [from, to] = [medians[i - 1] as number, medians[i] as number];
  const [start, end] = [months[i - 1] as number, months[i] as number];
  return Math.max(0, Math.round((start + ((value - from) / (to - from)) * (end - start)) * 10) / 10);
}
