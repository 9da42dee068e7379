import type { IndicatorUnit, SeriesPoint } from "@stork/contract/quality.ts";
import type { EChartsCoreOption } from "echarts/core";
import type { z } from "zod";
import { base, type ChartStyle, categoryAxis, shareAxis, tooltip, valueAxis } from "../ui/chart-style.ts";
import { figureText } from "./figure-text.ts";

type Point = z.infer<typeof SeriesPoint>;

const highestOf = (points: readonly Point[]): number =>
  Math.max(0, ...points.flatMap(({ value, high }) => [value ?? 0, high ?? 0]));

/** A figure over time inside the band of what was usual, with the fixed threshold; points outside stand out. */
export function historyOption(
  points: readonly Point[],
  { unit, threshold, step }: { unit: IndicatorUnit; threshold: number | null; step: string },
  style: ChartStyle,
  words: { value: string; usual: string; threshold: string },
): EChartsCoreOption {
  const { palette, formats } = style;
  const text = (value: number | null) => figureText(value, unit, formats);
  const outside = (point: Point) =>
    point.value !== null &&
    ((point.low !== null && point.value < point.low) ||
      (point.high !== null && point.value > point.high) ||
      (threshold !== null && point.value > threshold));
  const when = (at: string) => (step === "day" ? formats.date(formats.dayOf(at)) : formats.instant(at));
  const band = {
    type: "line" as const,
    stack: "usual",
    symbol: "none",
    lineStyle: { opacity: 0 },
    silent: true,
  };
  return {
    ...base(style),
    grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
    xAxis: categoryAxis(
      style,
      points.map((point) => point.at),
      (at) => (step === "day" ? formats.shortDate(formats.dayOf(at)) : formats.time(at).slice(0, 5)),
    ),
    yAxis: unit === "share" ? shareAxis(style, highestOf(points), text) : valueAxis(style, text),
    tooltip: tooltip(style, (items) => {
      const point = points[items[0]?.dataIndex ?? 0];
      if (point === undefined) return "";
      const usual =
        point.low === null && point.high === null ? "" : `${text(point.low)} – ${text(point.high)}`;
      return `${when(point.at)}<br>${words.value}　<b>${text(point.value)}</b>${usual === "" ? "" : `<br>${words.usual}　${usual}`}`;
    }),
    series: [
      { ...band, data: points.map((point) => point.low ?? 0) },
      {
        ...band,
        data: points.map((point) =>
          point.high === null ? null : Math.max(0, point.high - (point.low ?? 0)),
        ),
        areaStyle: { color: palette.compare, opacity: 0.22 },
      },
      {
        name: words.value,
        type: "line",
        data: points.map((point) => ({
          value: point.value,
          ...(outside(point) ? { itemStyle: { color: palette.bad }, symbolSize: 6 } : { symbolSize: 0 }),
        })),
        symbol: "circle",
        showSymbol: true,
        connectNulls: false,
        lineStyle: { color: palette.accent, width: 2 },
        itemStyle: { color: palette.accent },
        ...(threshold === null
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: "none",
                lineStyle: { color: palette.bad, type: "dashed" },
                label: { formatter: words.threshold, color: palette.textSoft, position: "insideEndTop" },
                data: [{ yAxis: threshold }],
              },
            }),
      },
    ],
  };
}
