import type { AgePoint, SetStageCalendar } from "@stork/contract/stage-calendar.ts";
import { standardCalendar } from "../catalog/moments.ts";

/** What of a calendar makes no sense, by its place in what was sent. */
export function calendarProblems({
  changed,
  removed,
}: SetStageCalendar): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const standard = new Map(standardCalendar.map((entry) => [entry.id, entry]));
  const seen = new Set<string>();
  for (const [i, entry] of changed.entries()) {
    const say = (field: string, message: string) => problems.push({ path: `changed.${i}.${field}`, message });
    const known = standard.get(entry.id);
    if (seen.has(entry.id)) say("id", `${entry.id}: 重复 / said twice`);
    seen.add(entry.id);
    if (known !== undefined && known.kind !== entry.kind)
      say(
        "kind",
        `${entry.id}: 标准条目的类别是 ${known.kind} / the standard entry is of kind ${known.kind}`,
      );
    if (entry.until !== null && order(entry.until) < order(entry.from))
      say("until", `${entry.id}: 结束早于开始 / ends before it begins`);
    if (entry.from.unit === "week" && entry.from.at > 42)
      say("from", `${entry.id}: 孕周最多 42 / at most 42 weeks`);
    if (entry.from.unit === "month" && entry.from.at > 84)
      say("from", `${entry.id}: 月龄最多 84 / at most 84 months`);
    if (entry.name.zh.trim() === "" || entry.name.zh.length > 80)
      say("name", `${entry.id}: 名称 1–80 字 / a name of 1 to 80`);
  }
  for (const [i, id] of removed.entries()) {
    if (!standard.has(id))
      problems.push({ path: `removed.${i}`, message: `${id}: 不是标准条目 / no standard entry` });
    if (seen.has(id))
      problems.push({ path: `removed.${i}`, message: `${id}: 既修改又移除 / changed and removed` });
  }
  return problems;
}

/** Days from the birth; weeks of pregnancy lie before it. */
const order = ({ unit, at }: AgePoint): number =>
  unit === "week" ? at * 7 - 280 : unit === "day" ? at : at * 30.4375;
