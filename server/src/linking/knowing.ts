import type { Knowing } from "@stork/models/linking/comparator.ts";
import { pinyin } from "pinyin-pro";
import { LunarMonth } from "tyme4ts";
import { valueRules } from "../cleaning/rules.ts";
import { Remembered } from "./remembered.ts";

/** What the models ask about Chinese: how characters sound, days of the lunar calendar, where an address lies. */
export function chineseKnowing(): Knowing {
  const heads = new Remembered<string>();
  const others = new Remembered<string>();
  const days = new Remembered<string | null>();
  const monthOf = lunarMonths();
  const places = new Remembered<Place | null>();
  return {
    syllables: (characters) =>
      Array.from(characters, (each, i) =>
        // The first one is a surname, which may be read otherwise than the word: 单 shan, 解 xie, 区 ou.
        i === 0 ? heads.of(each, () => read(each, "head")) : others.of(each, () => read(each, "off")),
      ),
    solarOfLunar: (day) => days.of(day, () => solarOf(day, monthOf)),
    division: (text) => divisionOf(text, (head) => places.of(head, () => placeOf(head))),
  };
}

const read = (character: string, surname: "head" | "off"): string =>
  pinyin(character, { toneType: "none", type: "array", surname })[0] ?? "";

/** Where lunar months begin and how many days they have: a thousand of them for all birthdays, asked once each. */
function lunarMonths(): (yearMonth: string) => { first: number; days: number } | null {
  const months = new Remembered<{ first: number; days: number } | null>();
  return (yearMonth) =>
    months.of(yearMonth, () => {
      const [year, month] = [Number(yearMonth.slice(0, 4)), Number(yearMonth.slice(4))];
      // The library refuses what it knows nothing of; so do we, without a word.
      if (year < 1900 || year > 2100 || month < 1 || month > 12) return null;
      const lunar = LunarMonth.fromYm(year, month);
      const day = lunar.getFirstJulianDay().getSolarDay();
      return { first: Date.UTC(day.getYear(), day.getMonth() - 1, day.getDay()), days: lunar.getDayCount() };
    });
}

function solarOf(day: string, monthOf: ReturnType<typeof lunarMonths>): string | null {
  const month = monthOf(day.slice(0, 6));
  const date = Number(day.slice(6));
  if (month === null || date < 1 || date > month.days) return null;
  return new Date(month.first + (date - 1) * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
}

interface Place {
  code: string;
  /** Its names, as they may begin an address: in full and short, the largest first. */
  names: string[];
}

/** What names the divisions: the text up to a district, else all of it. */
const heading = /^.{3,30}?[区县旗]/u;
const suffix = /^[省市区县]/u;

function divisionOf(
  text: string,
  find: (head: string) => Place | null,
): { code: string; rest: string } | null {
  const place = find(heading.exec(text)?.[0] ?? text);
  if (place === null) return null;
  let rest = text;
  for (const name of place.names)
    if (rest.startsWith(name)) rest = rest.slice(name.length).replace(suffix, "");
  return { code: place.code, rest };
}

function placeOf(head: string): Place | null {
  const read = valueRules.address.clean(head, { zone: "Asia/Shanghai", now: 0 });
  if ("unreadable" in read) return null;
  const { code, province, city, district } = read.value;
  const names = [province, city, district].flatMap((name) => [
    name,
    name.replace(/(特别行政区|(壮族|回族|维吾尔)?自治区|[省市区县])$/u, ""),
  ]);
  return { code, names: names.filter((name) => name.length > 1) };
}
