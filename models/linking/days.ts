/** Days written YYYYMMDD as units, and what can be wrong with them. */

export function numberAt(units: Uint16Array, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i++) value = value * 10 + units[i]! - 0x30;
  return value;
}

/** Days since 1 March of the year 0 of the proleptic Gregorian calendar, from any year, month and day that add up. */
export function dayNumber(units: Uint16Array, from: number): number {
  const year = numberAt(units, from, 4);
  const month = numberAt(units, from + 4, 2);
  const y = month > 2 ? year : year - 1;
  const m = (month + 9) % 12;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leaps + Math.floor((153 * m + 2) / 5) + numberAt(units, from + 6, 2) - 1;
}

export const isSameDay = (units: Uint16Array, a: number, b: number): boolean => {
  for (let i = 0; i < 8; i++) if (units[a + i] !== units[b + i]) return false;
  return true;
};

/** 0312 for 1203, in the same year. */
export const isSwapped = (units: Uint16Array, a: number, b: number): boolean =>
  numberAt(units, a, 4) === numberAt(units, b, 4) &&
  numberAt(units, a + 4, 2) === numberAt(units, b + 6, 2) &&
  numberAt(units, a + 6, 2) === numberAt(units, b + 4, 2);

/** How many of the eight digits differ, two neighbours swapped counting as one. */
export function digitsOff(units: Uint16Array, a: number, b: number): number {
  let off = 0;
  for (let i = 0; i < 8; i++) {
    if (units[a + i] === units[b + i]) continue;
    off++;
    if (i < 7 && units[a + i] === units[b + i + 1] && units[a + i + 1] === units[b + i]) i++;
  }
  return off;
}

/** YYYYMMDD out of 1990-3-12, 1990/03/12, 1990年3月12日, 19900312; empty where it is none of these. */
export function compactDay(text: string): string {
  const bare = text.normalize("NFKC").trim();
  const parts = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})(\D.*)?$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (parts === null) return "";
  const [, year = "", month = "", day = ""] = parts;
  return `${year}${month.padStart(2, "0")}${day.padStart(2, "0")}`;
}
