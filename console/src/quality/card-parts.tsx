import { dimensions } from "@stork/contract/quality.ts";
import type { ScoreCard } from "@stork/contract/score-card.ts";
import { useMemo } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { ChartPanel } from "../ui/chart-panel.tsx";
import { base, categoryAxis, tooltip, useChartStyle, valueAxis } from "../ui/chart-style.ts";
import { eventName } from "../ui/event-name.ts";
import { Panel } from "../ui/page.tsx";
import { minutesText } from "./figure-text.ts";
import { Score } from "./score.tsx";

export function CardSources({ card }: { card: ScoreCard }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <Panel title={say("quality.bySource")}>
      <section
        className="table-panel"
        tabIndex={0 /* a scrolling region must be reachable by keyboard */}
        aria-label={say("quality.bySource")}
      >
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say("quality.source")}</th>
              <th scope="col" className="num">
                {say("quality.score")}
              </th>
              {dimensions.map((one) => (
                <th key={one} scope="col" className="num">
                  {say(`quality.dimension.${one}`)}
                </th>
              ))}
              <th scope="col" className="num">
                {say("quality.events")}
              </th>
              <th scope="col" className="num">
                {say("quality.alertTime")}
              </th>
            </tr>
          </thead>
          <tbody>
            {card.sources.map((row) => (
              <tr key={row.source}>
                <td>{row.name}</td>
                <td className="num">
                  <Score value={row.total} />
                  {row.change !== null && (
                    <span className="faint change">
                      {row.change > 0 ? "+" : ""}
                      {row.change.toFixed(1)}
                    </span>
                  )}
                </td>
                {dimensions.map((one) => (
                  <td key={one} className="num">
                    <Score value={row.dimensions[one] ?? null} />
                  </td>
                ))}
                <td className="num">{formats.compact(row.events)}</td>
                <td className="num">
                  {row.alerts === 0 ? "—" : `${row.alerts} · ${minutesText(row.alertMinutes, formats)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

export function CardTrend({ card }: { card: ScoreCard }) {
  const say = useSay();
  const style = useChartStyle();
  const option = useMemo(() => {
    const { palette } = style;
    return {
      ...base(style),
      grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
      xAxis: categoryAxis(
        style,
        card.trend.map((one) => one.month),
      ),
      yAxis: { ...valueAxis(style, (value) => String(value)), max: 100, interval: 25 },
      tooltip: tooltip(style, (items) => {
        const one = card.trend[items[0]?.dataIndex ?? 0];
        return one === undefined
          ? ""
          : `${one.month}　<b>${one.total === null ? "—" : one.total.toFixed(1)}</b>`;
      }),
      series: [
        {
          type: "line",
          data: card.trend.map((one) => one.total),
          symbol: "circle",
          symbolSize: 6,
          showSymbol: true,
          lineStyle: { color: palette.accent, width: 2 },
          itemStyle: { color: palette.accent },
        },
      ],
    };
  }, [card, style]);
  return (
    <ChartPanel
      title={say("quality.trend")}
      option={option}
      height={220}
      fileName={`quality-${card.month}`}
      figures={{
        columns: [say("quality.month"), say("quality.score")],
        rows: card.trend.map((one) => ({
          key: one.month,
          cells: [one.month, one.total === null ? "—" : one.total.toFixed(1)],
        })),
        plain: card.trend.map((one) => [one.month, one.total]),
      }}
    />
  );
}

export function WorstFields({ card }: { card: ScoreCard }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <Panel title={say("quality.worstFields")}>
      {card.worstFields.length === 0 ? (
        <p className="soft">{say("quality.noWorst")}</p>
      ) : (
        <ul className="affected">
          {card.worstFields.map((one) => (
            <li key={`${one.source} ${one.event} ${one.field} ${one.indicator}`}>
              <span>
                <b>{one.field}</b>{" "}
                <span className="soft">
                  {[one.sourceName, one.event === "" ? null : eventName(one.event, formats.language)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <span className="nowrap">
                <span className="faint">{formats.say(one.name)}</span> <b>{formats.percent(one.value)}</b>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
