import type { Overview } from "@stork/contract/outcomes.ts";
import type { EChartsCoreOption } from "echarts/core";
import type { Say } from "../i18n/i18n.ts";
import { categoryName } from "../ui/category-name.ts";
import { base, type ChartStyle, categoryAxis, plainText, tooltip, valueAxis } from "../ui/chart-style.ts";
import { stageGroups } from "../ui/theme.ts";

/** Families by stage: today solid in the stage's colour, in ninety days outlined, for it is only expected. */
export function stagesOption(overview: Overview, style: ChartStyle, say: Say): EChartsCoreOption {
  const { palette, formats } = style;
  const tone = (stage: Overview["stages"][number]["stage"]) => palette.stages[stageGroups[stage]];
  return {
    ...base(style),
    grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
    yAxis: {
      ...categoryAxis(
        style,
        overview.stages.map((one) => say(`ui.stage.${one.stage}`)),
      ),
      boundaryGap: true,
      inverse: true,
      axisLine: { show: false },
      axisLabel: { color: palette.textSoft, interval: 0 },
    },
    xAxis: { ...valueAxis(style, formats.compact), axisLabel: { show: false } },
    tooltip: tooltip(
      style,
      (items) => {
        const one = overview.stages[items[0]?.dataIndex ?? -1];
        if (one === undefined) return "";
        return `${say(`ui.stage.${one.stage}`)}<br>${say("overview.today")}　<b>${formats.number(one.today)}</b><br>${say("overview.in90Days")}　<b>${formats.number(one.in90Days)}</b>`;
      },
      "shadow",
    ),
    series: [
      {
        name: "today",
        type: "bar",
        barGap: "12%",
        barCategoryGap: "34%",
        cursor: "pointer",
        data: overview.stages.map((one) => ({
          value: one.today,
          itemStyle: { color: tone(one.stage).solid, borderRadius: [0, 3, 3, 0] },
        })),
        label: {
          show: true,
          position: "right",
          color: palette.textSoft,
          fontSize: 12,
          formatter: ({ value }: { value: number }) => formats.compact(value),
        },
      },
      {
        name: "in90Days",
        type: "bar",
        cursor: "pointer",
        data: overview.stages.map((one) => ({
          value: one.in90Days,
          itemStyle: {
            color: tone(one.stage).soft,
            borderColor: tone(one.stage).solid,
            borderWidth: 1,
            borderType: "dashed",
            borderRadius: [0, 3, 3, 0],
          },
        })),
      },
    ],
  };
}

/** Sales by category, longest first. */
export function categoriesOption(
  categories: Overview["categories"],
  style: ChartStyle,
  say: Say,
): EChartsCoreOption {
  const { palette, formats } = style;
  const all = categories.reduce((sum, one) => sum + one.gmvFen, 0);
  return {
    ...base(style),
    grid: { left: 4, right: 96, top: 4, bottom: 4, containLabel: true },
    yAxis: {
      ...categoryAxis(
        style,
        categories.map((one) => categoryName(one.category, say)),
      ),
      boundaryGap: true,
      inverse: true,
      axisLine: { show: false },
      axisLabel: { color: palette.textSoft, interval: 0, width: 110, overflow: "truncate" },
    },
    xAxis: { ...valueAxis(style, formats.compact), axisLabel: { show: false }, splitLine: { show: false } },
    tooltip: tooltip(
      style,
      (items) => {
        const one = categories[items[0]?.dataIndex ?? -1];
        return one === undefined
          ? ""
          : `${plainText(categoryName(one.category, say))}<br><b>${formats.money(one.gmvFen)}</b><br>${say("overview.ordersOf", { n: formats.number(one.orders), count: one.orders })}`;
      },
      "shadow",
    ),
    series: [
      {
        type: "bar",
        barMaxWidth: 16,
        data: categories.map((one) => one.gmvFen),
        itemStyle: { color: palette.accent, borderRadius: [0, 3, 3, 0] },
        label: {
          show: true,
          position: "right",
          color: palette.textSoft,
          fontSize: 12,
          formatter: ({ value }: { value: number }) =>
            `${formats.moneyCompact(value)}  ${all > 0 ? formats.percent(value / all, 0) : ""}`,
        },
      },
    ],
  };
}

/** One figure a day as bars. */
export function dailyOption(
  overview: Overview,
  measure: "newFamilies" | "messages" | "optOuts",
  style: ChartStyle,
  name: string,
  colour: string,
): EChartsCoreOption {
  const { palette, formats } = style;
  const days = overview.daily.map((day) => day.on);
  return {
    ...base(style),
    grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
    xAxis: { ...categoryAxis(style, days, (on) => formats.shortDate(on)), boundaryGap: true },
    yAxis: { ...valueAxis(style, formats.compact), minInterval: 1, splitNumber: 3 },
    tooltip: tooltip(
      style,
      (items) => {
        const day = overview.daily[items[0]?.dataIndex ?? -1];
        return day === undefined
          ? ""
          : `${formats.date(day.on)}<br>${plainText(name)}　<b>${formats.number(day[measure])}</b>`;
      },
      "shadow",
    ),
    series: [
      {
        type: "bar",
        data: overview.daily.map((day) => day[measure]),
        barMaxWidth: 18,
        itemStyle: { color: colour || palette.accent, borderRadius: [2, 2, 0, 0] },
      },
    ],
  };
}
