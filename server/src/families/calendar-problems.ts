import type { Words } from "@stork/contract/common.ts";
import type { AgePoint, SetStageCalendar } from "@stork/contract/stage-calendar.ts";
import { standardCalendar } from "../catalog/moments.ts";

/** What of a calendar makes no sense, by its place in what was sent. */
export function calendarProblems({ changed, removed }: SetStageCalendar): { path: string; message: Words }[] {
  const problems: { path: string; message: Words }[] = [];
  const say = (path: string, id: string, zh: string, en: string) =>
    problems.push({ path, message: { zh: `${id}：${zh}`, en: `${id}: ${en}` } });
  const standard = new Map(standardCalendar.map((entry) => [entry.id, entry]));
  const seen = new Set<string>();
  for (const [i, entry] of changed.entries()) {
    const of = (field: string, zh: string, en: string) => say(`changed.${i}.${field}`, entry.id, zh, en);
    const known = standard.get(entry.id);
    if (seen.has(entry.id)) of("id", "说了两次", "said twice");
    seen.add(entry.id);
    if (known !== undefined && known.kind !== entry.kind)
      of("kind", `标准条目的类别是 ${known.kind}`, `the standard entry is of kind ${known.kind}`);
    if (entry.until !== null && order(entry.until) < order(entry.from))
      of("until", "结束早于开始", "ends before it begins");
    if (entry.from.unit === "week" && entry.from.at > 42) of("from", "孕周最多 42", "at most 42 weeks");
    if (entry.from.unit === "month" && entry.from.at > 84) of("from", "月龄最多 84", "at most 84 months");
    if (entry.name.zh.trim() === "" || entry.name.zh.length > 80)
      of("name", "名称要有 1 到 80 个字", "the name has 1 to 80 characters");
  }
  for (const [i, id] of removed.entries()) {
    if (!standard.has(id)) say(`removed.${i}`, id, "不是标准条目", "no standard entry");
    if (seen.has(id)) say(`removed.${i}`, id, "既修改又移除", "changed and removed as well");
  }
  return problems;
}

/** Days from the birth; weeks of pregnancy lie before it. */
const order = ({ unit, at }: AgePoint): number =>
  unit === "week" ? at * 7 - 280 : unit === "day" ? at : at * 30.4375;
