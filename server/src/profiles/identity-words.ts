import type { Words } from "@stork/contract/common.ts";
import type { StoredEdge } from "../people/graph.store.ts";

/** What a message was, where it can still be found: its event's name and order. */
export interface Told {
  readonly name: string;
  readonly orderId: string;
}

const rules: Readonly<Record<string, Words>> = {
  "same-message": { zh: "同一条消息同时带着这两个标识", en: "One message carried both" },
  "same-row": { zh: "同一行数据里有这两个标识", en: "One row of data held both" },
  alias: { zh: "来源明确说这是同一个人", en: "The source said that they are one" },
  manual: { zh: "人工关联", en: "Tied by hand" },
  review: { zh: "复核时确认是同一个人", en: "Confirmed in the review" },
  conflict: { zh: "同时出现过", en: "Came together" },
};
const ruleWords = (rule: string): Words => rules[rule] ?? { zh: rule, en: rule };
export const ourselves = "育见 Stork";

const states: Readonly<Record<StoredEdge["state"], Words>> = {
  live: { zh: "", en: "" },
  conflict: { zh: "按规则没有合并", en: "held back by the rules" },
  shared: { zh: "一端是多人公用的标识，不再合并", en: "one end is shared by many and joins nobody" },
  cut: { zh: "已被拆开", en: "parted since" },
};

/**
 * Why two identifiers are (or are not) one: "因为 5 月 3 日的订单 123 同时带着这两个标识（天猫）". `nameOf` calls whoever decided
 * by name, where the name is known.
 */
export function becauseOf(
  edge: StoredEdge,
  told: Told | null,
  day: { zh: string; en: string },
  nameOf: (who: string) => string | undefined,
): Words {
  const { rule, source, reason, state } = edge;
  const who = edge.who === null ? null : deciderWords(edge.who, nameOf(edge.who));
  const from = source ?? ourselves;
  const held = states[state];
  const suffix = { zh: held.zh === "" ? "" : `；${held.zh}`, en: held.en === "" ? "" : `; ${held.en}` };
  if (rule === "manual" || rule === "review") {
    const why = reason === null || reason === "" ? "" : reason;
    return {
      zh: `${day.zh}${ruleWords(rule).zh}（${who?.zh ?? ourselves}${why === "" ? "" : `：${why}`}）${suffix.zh}`,
      en: `${ruleWords(rule).en} on ${day.en} (${who?.en ?? ourselves}${why === "" ? "" : `: ${why}`})${suffix.en}`,
    };
  }
  if (rule === "alias" || told === null)
    return {
      zh: `${day.zh}${ruleWords(rule).zh}（${from}）${suffix.zh}`,
      en: `${ruleWords(rule).en} on ${day.en} (${from})${suffix.en}`,
    };
  const what = told.orderId === "" ? { zh: `「${told.name}」`, en: `“${told.name}”` } : order(told.orderId);
  return {
    zh: `因为 ${day.zh}的${what.zh}同时带着这两个标识（${from}）${suffix.zh}`,
    en: `Because ${what.en} of ${day.en} carried both (${from})${suffix.en}`,
  };
}

const deciders: Readonly<Record<string, Words>> = {
  user: { zh: "同事", en: "a colleague" },
  key: { zh: "接口", en: "the API" },
  linking: { zh: "相似比对", en: "linking" },
};

/** Whoever decided: by name, or as what it is. Codes are for programs. */
function deciderWords(who: string, name: string | undefined): Words {
  if (name !== undefined) return { zh: name, en: name };
  return deciders[who.split(":")[0] ?? ""] ?? { zh: who, en: who };
}

const order = (id: string): Words => ({ zh: `订单 ${id} `, en: `order ${id}` });

/** 5 月 3 日, or 2025 年 5 月 3 日 when it was in another year. */
export function dayWords(date: string, today: string): { zh: string; en: string } {
  const [year = "", month = "", day = ""] = date.split("-");
  const thisYear = year === today.slice(0, 4);
  const inWords = new Date(`${date}T00:00:00Z`).toLocaleDateString("en-GB", {
    ...{ timeZone: "UTC", day: "numeric", month: "long" },
    ...(thisYear ? {} : { year: "numeric" }),
  });
  return { zh: `${thisYear ? "" : `${year} 年 `}${Number(month)} 月 ${Number(day)} 日`, en: inWords };
}
