import { usePreferences } from "../shell/preferences.tsx";
import { useFormats } from "../shell/session.tsx";
import type { Formats } from "./format.ts";
import { palettes } from "./theme.ts";

export interface ChartStyle {
  palette: (typeof palettes)["light"];
  formats: Formats;
}

/** Colours of the scheme and formats of the reader, for a chart's option. */
export function useChartStyle(): ChartStyle {
  const { scheme } = usePreferences();
  const formats = useFormats();
  return { palette: palettes[scheme], formats };
}

const fontFamily = '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

export const base = ({ palette }: ChartStyle) => ({
  textStyle: { fontFamily, color: palette.textSoft, fontSize: 12 },
  aria: { enabled: false },
});

/** An axis of names or days; few marks, no line noise. */
export const categoryAxis = (
  { palette }: ChartStyle,
  data: readonly string[],
  label: (name: string) => string = (name) => name,
) => ({
  type: "category" as const,
  data: [...data],
  boundaryGap: data.length < 2,
  axisLine: { lineStyle: { color: palette.line } },
  axisTick: { show: false },
  axisLabel: { color: palette.textSoft, fontSize: 12, hideOverlap: true, formatter: label },
});

/** A value axis always begins at zero, so that lengths compare. */
export const valueAxis = ({ palette }: ChartStyle, label: (value: number) => string) => ({
  type: "value" as const,
  min: 0,
  splitNumber: 4,
  axisLabel: { color: palette.textFaint, fontSize: 12, formatter: label },
  splitLine: { lineStyle: { color: palette.lineSoft } },
});

/** Above this a share is looked at against the whole. */
const mostOfTheWhole = 0.8;

/** An axis of shares: there is no share above the whole, however the marks would be spaced by themselves. */
export const shareAxis = (style: ChartStyle, highest: number, label: (share: number) => string) => ({
  ...valueAxis(style, label),
  ...(highest > mostOfTheWhole ? { max: 1, interval: 0.25 } : {}),
});

interface TooltipItem {
  dataIndex: number;
  name: string;
  seriesName?: string;
  value: unknown;
}
export const tooltip = (
  { palette }: ChartStyle,
  content: (items: TooltipItem[]) => string,
  pointer: "line" | "shadow" = "line",
) => ({
  trigger: "axis" as const,
  confine: true,
  backgroundColor: palette.raised,
  borderColor: palette.line,
  textStyle: { color: palette.text, fontSize: 13, fontFamily },
  axisPointer: {
    type: pointer,
    lineStyle: { color: palette.compare },
    shadowStyle: { color: palette.lineSoft, opacity: 0.5 },
  },
  formatter: (items: TooltipItem | TooltipItem[]) => content(Array.isArray(items) ? items : [items]),
});

/** Tooltips are HTML; names that came from data must not be. */
export const plainText = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
