import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from "react";
import { usePreferences } from "../shell/preferences.tsx";
import { palettes } from "./theme.ts";

export interface ChartHandle {
  picture(): string | undefined;
}

interface Props {
  option: EChartsCoreOption;
  height: number;
  /** What a screen reader says; the table view holds the figures. */
  label: string;
  onPick?: (pick: { name: string; index: number; series: string }) => void;
}

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Draws one chart. The engine is fetched when the first chart is shown; its box has its size from the start. */
export const Chart = forwardRef<ChartHandle, Props>(function Chart(
  { option, height, label, onPick },
  handle,
) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const { scheme } = usePreferences();

  useEffect(() => {
    let live: EChartsType | null = null;
    let gone = false;
    const watch = new ResizeObserver(() => live?.resize());
    void import("./echarts.ts").then(({ startChart }) => {
      if (gone || box.current === null) return;
      live = startChart(box.current, null, { renderer: "canvas" });
      watch.observe(box.current);
      setChart(live);
    });
    return () => {
      gone = true;
      watch.disconnect();
      live?.dispose();
      setChart(null);
    };
  }, []);
  useEffect(() => {
    chart?.setOption(
      { ...option, animation: !still(), animationDuration: 180, animationDurationUpdate: 180 },
      { notMerge: true },
    );
  }, [chart, option]);
  useEffect(() => {
    if (chart === null || onPick === undefined) return;
    const pick = (event: { name: string; dataIndex: number; seriesName?: string }) =>
      onPick({ name: event.name, index: event.dataIndex, series: event.seriesName ?? "" });
    chart.on("click", pick as never);
    return () => {
      if (!chart.isDisposed()) chart.off("click", pick as never);
    };
  }, [chart, onPick]);
  useImperativeHandle(
    handle,
    () => ({
      picture: () =>
        chart?.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: palettes[scheme].surface }),
    }),
    [chart, scheme],
  );
  return <div ref={box} className="chart" style={{ height }} role="img" aria-label={label} />;
});
