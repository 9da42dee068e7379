import chinese from "chinese-days";

/** What kind of a day it is to a shop in China. */
export interface ShopDay {
  /** 0 Monday … 6 Sunday. A working Saturday or Sunday that makes up for a holiday counts as a Friday. */
  readonly weekday: number;
  /** A sale or public holiday by a name that is the same every year; null on ordinary days. */
  readonly special: string | null;
}

/** The sales of all shops, by month and day; a sale's eve and main day differ, so each day has its own name. */
const sales: Readonly<Record<string, string>> = {
  "03-07": "38-eve",
  "03-08": "38",
  "06-01": "61",
  "05-31": "618-opening",
  "06-16": "618-eve",
  "06-17": "618-eve",
  "06-18": "618",
  "06-19": "618-after",
  "09-09": "99",
  "10-31": "1111-opening",
  "11-01": "1111-opening",
  "11-10": "1111-eve",
  "11-11": "1111",
  "11-12": "1111-after",
  "12-12": "1212",
};

/** Days that are holidays by law every year, for years whose calendar is not announced yet. */
const fixed: Readonly<Record<string, string>> = {
  "01-01": "new-year",
  "05-01": "labour-day",
  "10-01": "national-day",
  "10-02": "national-day",
  "10-03": "national-day",
};

const known = new Map<string, ShopDay>();

/** The kind of a calendar day, YYYY-MM-DD in the shop's own time zone. */
export function shopDay(date: string): ShopDay {
  let day = known.get(date);
  if (day === undefined) {
    day = readDay(date);
    if (known.size > 5000) known.clear();
    known.set(date, day);
  }
  return day;
}

function readDay(date: string): ShopDay {
  const monthDay = date.slice(5);
  const sale = sales[monthDay];
  const calendar = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const { work, name } = chinese.getDayDetail(date);
  // A name of three parts is a holiday's, also on the days worked to make up for it.
  const holiday = name.includes(",") ? (name.split(",")[0] ?? "") : "";
  const weekday = work && calendar >= 5 ? 4 : calendar;
  if (sale !== undefined) return { weekday, special: sale };
  if (!work && holiday !== "") return { weekday, special: holiday.toLowerCase().replaceAll(" ", "-") };
  if (isSpringFestival(date)) return { weekday, special: "spring-festival" };
  return { weekday, special: fixed[monthDay] ?? null };
}

function isSpringFestival(date: string): boolean {
  const month = Number(date.slice(5, 7));
  if (month > 3) return false;
  const { lunarMon, lunarDay } = chinese.getLunarDate(date);
  return lunarMon === 1 && lunarDay <= 7;
}
