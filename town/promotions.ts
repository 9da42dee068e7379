import { type Day, dateOf } from "./calendar.ts";

/** A campaign of all shops. `pull` is how strongly it makes families buy ahead; 1 is the main day of 11-11. */
export type Promotion = {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly pull: number;
  /** The share of the list price that is paid. */
  readonly pays: number;
};

type Entry = {
  readonly days: readonly [string, number][];
  readonly zh: string;
  readonly en: string;
  pays: number;
};

const year: Record<string, Entry> = {
  "38": {
    days: [
      ["03-07", 0.06],
      ["03-08", 0.16],
    ],
    zh: "38 焕新周",
    en: "March 8 festival",
    pays: 0.88,
  },
  "61": { days: [["06-01", 0.14]], zh: "六一儿童节", en: "Children's Day", pays: 0.88 },
  "618": {
    days: [
      ["06-16", 0.12],
      ["06-17", 0.22],
      ["06-18", 0.8],
      ["06-19", 0.08],
    ],
    zh: "618 年中大促",
    en: "618 mid-year sale",
    pays: 0.8,
  },
  "99": { days: [["09-09", 0.1]], zh: "99 划算节", en: "September 9 sale", pays: 0.9 },
  "1111": {
    days: [
      ["10-31", 0.14],
      ["11-01", 0.18],
      ["11-10", 0.18],
      ["11-11", 1],
      ["11-12", 0.06],
    ],
    zh: "双 11 全球狂欢节",
    en: "Double 11",
    pays: 0.76,
  },
  "1212": { days: [["12-12", 0.28]], zh: "双 12", en: "Double 12", pays: 0.86 },
};

const byMonthDay = new Map<string, [string, Entry, number]>();
for (const [code, entry] of Object.entries(year)) {
  for (const [monthDay, pull] of entry.days) byMonthDay.set(monthDay, [code, entry, pull]);
}

const known = new Map<Day, Promotion | null>();

export function promotionOn(day: Day): Promotion | null {
  let promotion = known.get(day);
  if (promotion === undefined) {
    const date = dateOf(day);
    const found = byMonthDay.get(date.slice(5));
    promotion = found
      ? {
          code: `${date.slice(0, 4)}-${found[0]}`,
          zh: found[1].zh,
          en: found[1].en,
          pull: found[2],
          pays: found[1].pays,
        }
      : null;
    known.set(day, promotion);
  }
  return promotion;
}
