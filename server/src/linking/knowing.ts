import { pinyin } from "pinyin-pro";
import { LunarDay } from "tyme4ts";
import type { Knowing } from "@stork/models/linking/comparator.ts";
import { address } from "../cleaning/rules/address.ts";
import { Remembered } from "./remembered.ts";

/** What the models ask about Chinese: how characters sound, days of the lunar calendar, where an address lies. */
export function chineseKnowing(): Knowing {
  const heads = new Remembered<string>();
  const others = new Remembered<string>();
  const days = new Remembered<string | null>();
  return {
    syllables: (characters) =>
      Array.from(characters, (each, i) =>
        // The first one is a surname, which may be read otherwise than the word: 单 shan, 解 xie, 区 ou.
        i === 0 ? heads.of(each, () => read(each, "head")) : others.of(each, () => read(each, "off")),
      ),
    solarOfLunar: (day) => days.of(day, () => solarOf(day)),
    division: divisionOf,
  };
}

const read = (character: string, surname: "head" | "off"): string =>
  pinyin(character, { toneType: "none", type: "array", surname })[0] ?? "";

function solarOf(day: string): string | null {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  // Lunar months have at most thirty days; the library refuses what is no day.
  if (month < 1 || month > 12 || date < 1 || date > 30) return null;
  try {
    const solar = LunarDay.fromYmd(year, month, date).getSolarDay();
    const digits = (value: number, length: number) => String(value).padStart(length, "0");
    return `${digits(solar.getYear(), 4)}${digits(solar.getMonth(), 2)}${digits(solar.getDay(), 2)}`;
  } catch {
    return null;
  }
}

/** The code of the smallest division named, of the district where a street is; and the text behind their names. */
function divisionOf(text: string): { code: string; rest: string } | null {
  const read = address.clean(text, undefined as never);
  if ("unreadable" in read) return null;
  const { code, province, city, district } = read.value;
  let rest = text;
  for (const name of [province, city, district]) {
    if (name === "") continue;
    const short = name.replace(/(特别行政区|[壮回维]?[吾]?[尔]?族?自治区|[省市区县])$/u, "");
    for (const each of [name, short])
      if (each.length > 1 && rest.startsWith(each)) rest = rest.slice(each.length).replace(/^[省市区县]/, "");
  }
  return { code, rest };
}
