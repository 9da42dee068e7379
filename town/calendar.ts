/** A calendar day, counted from 1970-01-01. Days in the town are days in Shanghai, eight hours ahead of UTC. */
export type Day = number;

const dayMs = 86_400_000;
const shanghaiMs = 8 * 3_600_000;

export function dayOf(date: string): Day {
  const ms = Date.parse(`${date}T00:00:00Z`);
  // Date.parse makes a 2nd of March of the 30th of February.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`not a calendar date (YYYY-MM-DD): ${date}`);
  }
  return ms / dayMs;
}

const dates = new Map<Day, string>();

/** Remembered, because the same few thousand days are written millions of times. */
export function dateOf(day: Day): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

export const monthOf = (day: Day): number => Number(dateOf(day).slice(5, 7));

/** Midnight in Shanghai, in milliseconds since 1970. */
export const startOf = (day: Day): number => day * dayMs - shanghaiMs;
export const instantOf = (day: Day, secondOfDay: number): number =>
  startOf(day) + Math.floor(secondOfDay * 1000);
export const shanghaiDayOf = (ms: number): Day => Math.floor((ms + shanghaiMs) / dayMs);

const twoDigits = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, "0"));

/** Same text as Date.toISOString, four times faster. */
export function isoOf(ms: number): string {
  const day = Math.floor(ms / dayMs);
  const rest = ms - day * dayMs;
  const second = Math.floor(rest / 1000);
  const milli = rest - second * 1000;
  const text = milli < 10 ? `00${milli}` : milli < 100 ? `0${milli}` : String(milli);
  return `${dateOf(day)}T${twoDigits[Math.floor(second / 3600)]}:${twoDigits[Math.floor(second / 60) % 60]}:${twoDigits[second % 60]}.${text}Z`;
}

/** "2026-11-11 20:15:09" as a shop's export writes it, in Shanghai time. */
export function shopTimeOf(ms: number): string {
  const iso = isoOf(ms + shanghaiMs);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}
