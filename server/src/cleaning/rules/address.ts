import { isNothing, plain, unquoted } from "../characters.ts";
import { type Address, addressOf, type Division, divisions, type Form, formsWithin } from "../divisions.ts";
import type { Mark } from "../marks.ts";
import type { NoteCode } from "../notes.ts";
import type { Cleaned, ValueRule } from "../rule.ts";

/** What stands between two names, and what forms fill in where a level has no name of its own. */
const between =
  /(?:[\s,、/|;:_·>-]|市辖区|县(?=\s)|(?:省|自治区)直辖县级行政区划|省直辖行政单位|省直辖县)*/iy;
const country = /^\s*(?:中华人民共和国|中国|china)/i;
/** What follows a short name when it was none: 北京路, 西湖大道, 吉林市. */
const continues = /^(?:[东西南北中]?[路街道巷弄]|大道|大街|公路|[省市州盟镇乡村])/;
const suffix = /^[区县市旗](?![路街])/;
const letters: Readonly<Record<string, string>> = {
  京: "11", 津: "12", 冀: "13", 晋: "14", 蒙: "15", 辽: "21", 吉: "22", 黑: "23", 沪: "31", 苏: "32", 浙: "33",
  皖: "34", 闽: "35", 赣: "36", 鲁: "37", 豫: "41", 鄂: "42", 湘: "43", 粤: "44", 桂: "45", 琼: "46", 渝: "50",
  川: "51", 蜀: "51", 贵: "52", 黔: "52", 云: "53", 滇: "53", 藏: "54", 陕: "61", 秦: "61", 甘: "62", 陇: "62",
  青: "63", 宁: "64", 新: "65", 台: "71", 港: "81", 澳: "82",
}; // biome-ignore format: one line a region is easier to check

interface Step {
  readonly division: Division;
  readonly end: number;
  readonly kind: Form["kind"];
}

function clean(written: string): Cleaned<Address> {
  const text = unquoted(plain(written));
  if (isNothing(text)) return { unreadable: "empty" };
  if (text.length > 500) return { unreadable: "too-long" };
  const found = walk(text, divisions());
  if (found === null) return { unreadable: /\p{Script=Han}/u.test(text) ? "no-division" : "not-chinese" };
  if (found === "ambiguous") return { unreadable: "several-places" };
  const value = addressOf(found.division);
  const marks: Mark[] = [];
  if (found.contradicts) marks.push("address-contradicts");
  if (lacksDistrict(found.division)) marks.push("address-incomplete");
  const isSame = showAddress(value) === written;
  const note: NoteCode = found.former ? "former-name" : found.filled ? "levels-filled" : "divisions-read";
  const base = isSame ? { value, changed: false } : { value, changed: true, note };
  return marks.length === 0 ? base : { ...base, marks };
}

/** 东莞 and 中山 have no districts to name. */
const lacksDistrict = ({ level, children, name }: Division): boolean =>
  level === "province" || (level === "city" && children.some((child) => child.name !== name));

interface Walk {
  readonly division: Division;
  readonly former: boolean;
  readonly filled: boolean;
  readonly contradicts: boolean;
}

/** From the country down, always the longest name that can stand here. */
function walk(text: string, root: Division): Walk | "ambiguous" | null {
  let at = skip(text, country.exec(text)?.[0].length ?? 0);
  const start = stepFrom(root, text, at) ?? stepByLetter(root, text, at);
  if (start === null || start === "ambiguous") return start;
  let { division } = start;
  let [former, filled] = [start.kind === "former", start.kind === "short" || division.parent !== root];
  at = start.end;
  for (;;) {
    at = skip(text, at);
    // Whatever may stand inside is not looked up for nothing: there are forty thousand streets.
    if (at >= text.length) break;
    const step = division.level === "street" ? null : stepFrom(division, text, at);
    const again = step === null ? repeated(text, at, division) : at;
    if (again > at) {
      at = again;
      continue;
    }
    if (step === null || step === "ambiguous") break;
    former ||= step.kind === "former";
    filled ||= step.kind === "short" || step.division.parent !== division;
    ({ division } = step);
    at = step.end;
  }
  return { division, former, filled, contradicts: contradicts(root, division, text, at) };
}

function stepFrom(scope: Division, text: string, at: number): Step | "ambiguous" | null {
  for (const form of formsWithin(scope).at(text, at)) {
    if (!text.startsWith(form.name, at)) continue;
    const end = at + form.name.length;
    const rest = text.slice(end, end + 3);
    const { divisions } = form;
    const [division] = divisions as [Division];
    if (form.kind === "short" && division.level === "district" && suffix.test(rest)) {
      // 富阳市 has become 富阳区.
      if (divisions.length === 1) return { division, end: end + 1, kind: "former" };
      continue;
    }
    if (form.kind === "short" && (continues.test(rest) || suffix.test(rest))) continue;
    if (divisions.length === 1) return { division, end, kind: form.kind };
    return byWhatFollows(divisions, text, end);
  }
  return null;
}

/** There is a 朝阳区 in Beijing and one in Changchun: the street tells. */
function byWhatFollows(candidates: readonly Division[], text: string, end: number): Step | "ambiguous" {
  const next = skip(text, end);
  const fitting = candidates.filter((one) => {
    const step = stepFrom(one, text, next);
    return step !== null && step !== "ambiguous" && step.kind === "full";
  });
  return fitting.length === 1 ? { division: fitting[0] as Division, end, kind: "full" } : "ambiguous";
}

/** 沪浦东新区, 粤 深圳市: one letter for a province, if a place in it follows. */
function stepByLetter(root: Division, text: string, at: number): Step | null {
  const code = letters[text[at] ?? ""];
  const province = code === undefined ? undefined : root.children.find((one) => one.code === code);
  if (province === undefined) return null;
  const next = stepFrom(province, text, skip(text, at + 1));
  return next === null || next === "ambiguous" ? null : { division: province, end: at + 1, kind: "short" };
}

/** 北京北京市朝阳区, 上海 上海 浦东新区: the same place again. */
function repeated(text: string, at: number, division: Division): number {
  for (let one: Division | null = division; one !== null && one.level !== "root"; one = one.parent) {
    if (text.startsWith(one.name, at)) return at + one.name.length;
    if (one.level !== "province") continue;
    const end = at + one.name.length - 1;
    const rest = text.slice(end, end + 3);
    if (text.startsWith(one.name.slice(0, -1), at) && !continues.test(rest) && !suffix.test(rest)) return end;
  }
  return at;
}

/** 江苏省杭州市: what stands next is a city of another province, in full. */
function contradicts(root: Division, division: Division, text: string, at: number): boolean {
  if (division.level !== "province") return false;
  const next = stepFrom(root, text, at);
  return next !== null && next !== "ambiguous" && next.kind === "full" && next.division.level !== "district";
}

function skip(text: string, from: number): number {
  between.lastIndex = from;
  between.test(text);
  return between.lastIndex;
}

function showAddress({ province, city, district, street }: Address): string {
  return [province, city === province ? "" : city, district === city ? "" : district, street].join("");
}

export const address: ValueRule<"address"> = {
  id: "address",
  label: { zh: "地址", en: "Address" },
  what: {
    zh: "从地址读出官方省、市、区县、街道乡镇及代码，补全唯一的上级；门牌属于个人信息，不在其中。",
    en: "Reads official province, city, district and town with their codes, and fills in levels that are unique; house and door are personal and left out.",
  },
  personal: true,
  examples: [
    { written: "浙江杭州西湖区文新街道文一西路1号", becomes: "浙江省杭州市西湖区文新街道" },
    { written: "沪 浦东新区 世纪大道1号", becomes: "上海市浦东新区" },
    { written: "内蒙 呼和浩特 赛罕区", becomes: "内蒙古自治区呼和浩特市赛罕区" },
    { written: "义乌市稠城街道", becomes: "浙江省金华市义乌市稠城街道" },
    { written: "杭州市下城区武林路", becomes: "浙江省杭州市拱墅区" },
    { written: "朝阳区建国路1号", becomes: "several-places" },
  ],
  clean,
  show: showAddress,
};
