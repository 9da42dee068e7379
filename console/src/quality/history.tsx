import type { Subject } from "@stork/contract/quality.ts";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { ChartPanel } from "../ui/chart-panel.tsx";
import { useChartStyle } from "../ui/chart-style.ts";
import { useNow } from "../ui/now.ts";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { figureText } from "./figure-text.ts";
import { historyOption } from "./history-option.ts";
import { useSeries } from "./queries.ts";

const youngMs = 3 * 3_600_000;
const steps = ["minute", "hour", "day"] as const;

/** A figure's history against what was usual at that hour of that day. */
export function History({
  subject,
  since = null,
}: {
  subject: z.infer<typeof Subject>;
  /** When what is looked for began: what is younger than a few hours is seen by minutes. */
  since?: string | null;
}) {
  const say = useSay();
  const style = useChartStyle();
  const now = useNow();
  const [step, setStep] = useState<(typeof steps)[number]>(
    since !== null && now - Date.parse(since) < youngMs ? "minute" : "hour",
  );
  const series = useSeries(subject, step);
  const data = series.data;
  const option = useMemo(
    () =>
      data === undefined
        ? {}
        : historyOption(data.points, { unit: data.unit, threshold: data.threshold, step: data.step }, style, {
            value: say("quality.value"),
            usual: say("quality.usualName"),
            threshold: say("quality.threshold"),
          }),
    [data, style, say],
  );
  if (series.isError) return <Trouble error={series.error} retry={() => void series.refetch()} />;
  if (data === undefined) return <BoxSkeleton height={320} />;
  const { formats } = style;
  const text = (value: number | null) => figureText(value, data.unit, formats);
  return (
    <ChartPanel
      title={say("quality.history")}
      option={option}
      height={260}
      fileName={`${subject.indicator}-${step}`}
      extra={
        <Segmented
          size="small"
          aria-label={say("quality.step")}
          value={step}
          onChange={setStep}
          options={steps.map((one) => ({ value: one, label: say(`quality.step.${one}`) }))}
        />
      }
      figures={{
        columns: [say("quality.at"), say("quality.value"), say("quality.usualName"), say("quality.of")],
        rows: data.points.map((point) => ({
          key: point.at,
          cells: [
            formats.instant(point.at),
            text(point.value),
            point.low === null && point.high === null ? "—" : `${text(point.low)} – ${text(point.high)}`,
            formats.number(point.of),
          ],
        })),
        plain: data.points.map((point) => [point.at, point.value, point.low, point.of]),
      }}
    >
      <p className="legend">
        <span className="band" />
        {say("quality.bandLegend")}
      </p>
    </ChartPanel>
  );
}
