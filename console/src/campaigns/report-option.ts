import type { CampaignReport } from "@stork/contract/outcomes.ts";
import type { EChartsCoreOption } from "echarts/core";
import { base, type ChartStyle, categoryAxis, plainText, tooltip, valueAxis } from "../ui/chart-style.ts";

type Days = CampaignReport["daily"];

/** What was sent, clicked and bought on each day. */
export function reportOption(
  daily: Days,
  style: ChartStyle,
  names: Record<"sent" | "clicked" | "converted", string>,
): EChartsCoreOption {
  const { palette, formats } = style;
  const bar = (measure: keyof typeof names, colour: string | undefined) => ({
    name: names[measure],
    type: "bar",
    barMaxWidth: 18,
    data: daily.map((day) => day[measure]),
    itemStyle: { color: colour, borderRadius: [2, 2, 0, 0] },
  });
  return {
    ...base(style),
    grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      ...categoryAxis(
        style,
        daily.map((day) => day.on),
        (on) => formats.shortDate(on),
      ),
      boundaryGap: true,
    },
    yAxis: { ...valueAxis(style, formats.compact), minInterval: 1 },
    tooltip: tooltip(
      style,
      (items) => {
        const day = daily[items[0]?.dataIndex ?? -1];
        if (day === undefined) return "";
        const lines = (Object.keys(names) as (keyof typeof names)[]).map(
          (measure) => `${plainText(names[measure])}　<b>${formats.number(day[measure])}</b>`,
        );
        return [formats.date(day.on), ...lines].join("<br>");
      },
      "shadow",
    ),
    series: [
      bar("sent", palette.compare),
      bar("clicked", palette.series[4]),
      bar("converted", palette.accent),
    ],
  };
}
