import type { DateRange } from "@stork/contract/common.ts";
import type { Overview } from "@stork/contract/outcomes.ts";
import type { EChartsCoreOption } from "echarts/core";
import { base, type ChartStyle, categoryAxis, plainText, tooltip, valueAxis } from "../ui/chart-style.ts";
import { promotionsIn } from "./promotions.ts";

export type Measure = "gmvFen" | "orders" | "buyers";
type Day = Overview["daily"][number];

/** Sales by day, with the compared days as a lighter line on the same places, and the shopping days marked. */
export function salesOption(
  overview: Overview,
  measure: Measure,
  style: ChartStyle,
  words: { now: string; before: string },
): EChartsCoreOption {
  const { palette, formats } = style;
  const value = (day: Day | undefined) =>
    day === undefined ? null : measure === "gmvFen" ? day.gmvFen / 100 : day[measure];
  const shown = (amount: number) =>
    measure === "gmvFen" ? formats.money(Math.round(amount * 100)) : formats.number(amount);
  const days = overview.daily.map((day) => day.on);
  return {
    ...base(style),
    grid: { left: 8, right: 16, top: 28, bottom: 4, containLabel: true },
    xAxis: categoryAxis(style, days, (on) => formats.shortDate(on)),
    yAxis: valueAxis(style, (amount) =>
      measure === "gmvFen" ? `¥${formats.compact(amount)}` : formats.compact(amount),
    ),
    tooltip: tooltip(style, (items) => {
      const index = items[0]?.dataIndex ?? 0;
      const [now, before] = [overview.daily[index], overview.dailyBefore[index]];
      const line = (day: Day | undefined, name: string) =>
        day === undefined
          ? ""
          : `<br>${plainText(name)} · ${formats.shortDate(day.on)}　<b>${shown(value(day) ?? 0)}</b>`;
      return `${now === undefined ? "" : formats.date(now.on)}${line(now, words.now)}${line(before, words.before)}`;
    }),
    series: [
      {
        name: words.before,
        type: "line",
        data: days.map((_, index) => value(overview.dailyBefore[index])),
        symbol: "none",
        lineStyle: { color: palette.compare, width: 1.5 },
        itemStyle: { color: palette.compare },
        z: 1,
      },
      {
        name: words.now,
        type: "line",
        data: overview.daily.map(value),
        symbol: "circle",
        symbolSize: 5,
        showSymbol: days.length <= 14,
        lineStyle: { color: palette.accent, width: 2 },
        itemStyle: { color: palette.accent },
        areaStyle: { color: palette.accent, opacity: 0.07 },
        z: 2,
        markLine: promotionLines(overview.range, style),
      },
    ],
  };
}

function promotionLines(range: DateRange, { palette }: ChartStyle) {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: palette.textFaint, type: "dashed", opacity: 0.6, width: 1 },
    label: {
      color: palette.textSoft,
      fontSize: 12,
      position: "end",
      formatter: ({ name }: { name: string }) => name,
    },
    data: promotionsIn(range).map(({ on, label }) => ({ xAxis: on, name: label })),
  };
}
