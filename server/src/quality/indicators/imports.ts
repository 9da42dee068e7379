import type { Indicator } from "../indicator.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const leastImports = 4;

export const importOverdue: Indicator = {
  dimension: "timeliness",
  scope: "source",
  unit: "minutes",
  name: { zh: "导入逾期", en: "Import overdue" },
  definition: {
    zh: "距上次导入的分钟数；超过以往最长间隔的一倍半再加 6 小时即为逾期",
    en: "Minutes since the last import; overdue beyond one and a half of the longest usual gap and six hours",
  },
  needs: { zh: "至少 4 次不同日子的导入", en: "Imports on at least 4 different days" },
  threshold: null,
  look({ imports, now, threshold }) {
    const days = daysOf(imports?.at ?? []);
    const last = days[0];
    if (last === undefined || days.length < leastImports) return [];
    const gaps = days.slice(0, 12).flatMap((at, i) => (i === 0 ? [] : [(days[i - 1] as number) - at]));
    const bound = threshold === null ? Math.max(...gaps) * 1.5 + 6 * hourMs : threshold * minuteMs;
    const passed = now - last;
    return [
      {
        field: "",
        value: passed / minuteMs,
        of: days.length,
        usual: (gaps.toSorted((x, y) => x - y)[gaps.length >> 1] as number) / minuteMs,
        breached: passed > bound,
        chance: passed > bound ? 0 : 1,
        since: last + bound,
        bounds: () => ({ low: null, high: bound / minuteMs }),
      },
    ];
  },
};

/** Imports of one day are one: newest first. */
function daysOf(at: readonly number[]): number[] {
  const days: number[] = [];
  for (const one of at.toSorted((x, y) => y - x)) {
    const before = days.at(-1);
    if (before === undefined || before - one > 12 * hourMs) days.push(one);
  }
  return days;
}

export const importEmpty: Indicator = {
  dimension: "completeness",
  scope: "source",
  unit: "count",
  name: { zh: "空文件", en: "Empty import" },
  definition: {
    zh: "24 小时内导入的、没有一行数据的文件批次数",
    en: "Imports of the last 24 hours that held no row",
  },
  needs: { zh: "一次导入", en: "One import" },
  threshold: 1,
  look({ imports, now, threshold }) {
    if (imports === null || imports.at.length === 0) return [];
    const empty = imports.emptyAt.filter((at) => now - at < 24 * hourMs);
    const breached = empty.length >= (threshold ?? 1);
    const bounds = () => ({ low: null, high: threshold });
    const since = breached ? Math.min(...empty) : now;
    return [
      {
        field: "",
        value: empty.length,
        of: imports.at.length,
        usual: 0,
        breached,
        chance: breached ? 0 : 1,
        since,
        bounds,
      },
    ];
  },
};
