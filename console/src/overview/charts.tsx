import type { Overview } from "@stork/contract/outcomes.ts";
import { Segmented } from "antd";
import { useCallback, useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { categoryName } from "../ui/category-name.ts";
import { ChartPanel } from "../ui/chart-panel.tsx";
import { useChartStyle } from "../ui/chart-style.ts";
import { categoriesOption, dailyOption, stagesOption } from "./bars-option.ts";
import { type Measure, salesOption } from "./sales-option.ts";

const measures: readonly Measure[] = ["gmvFen", "orders", "buyers"];

export function Sales({ overview }: { overview: Overview }) {
  const say = useSay();
  const style = useChartStyle();
  const [get, set] = useAddress();
  const measure = measures.find((one) => one === get("measure")) ?? "gmvFen";
  const words = { now: say("overview.now"), before: say("overview.before") };
  const option = salesOption(overview, measure, style, words);
  const shown = (value: number | undefined) =>
    value === undefined
      ? "—"
      : measure === "gmvFen"
        ? style.formats.money(value)
        : style.formats.number(value);
  const plain = (value: number | undefined) =>
    value === undefined ? null : measure === "gmvFen" ? value / 100 : value;
  return (
    <ChartPanel
      title={say("overview.sales")}
      extra={
        <Segmented
          size="small"
          value={measure}
          onChange={(to) => set({ measure: to === "gmvFen" ? null : to })}
          options={measures.map((one) => ({ value: one, label: say(`overview.figure.${one}`) }))}
        />
      }
      option={option}
      height={280}
      fileName="sales"
      figures={{
        columns: [say("overview.day"), words.now, words.before],
        rows: overview.daily.map((day, index) => ({
          key: day.on,
          cells: [
            style.formats.date(day.on),
            shown(day[measure]),
            shown(overview.dailyBefore[index]?.[measure]),
          ],
        })),
        plain: overview.daily.map((day, index) => [
          day.on,
          plain(day[measure]),
          plain(overview.dailyBefore[index]?.[measure]),
        ]),
      }}
    >
      <p className="legend">
        <span style={{ background: style.palette.accent }} /> {words.now}
        {overview.compare !== null && (
          <>
            <span style={{ background: style.palette.compare }} /> {words.before} ·{" "}
            {style.formats.date(overview.compare.from)} – {style.formats.date(overview.compare.to)}
          </>
        )}
      </p>
    </ChartPanel>
  );
}

export function Stages({ overview }: { overview: Overview }) {
  const say = useSay();
  const here = useHere();
  const style = useChartStyle();
  const navigate = useNavigate();
  const option = useMemo(() => stagesOption(overview, style, say), [overview, style, say]);
  const open = useCallback(
    ({ index }: { index: number }) => {
      const stage = overview.stages[index]?.stage;
      if (stage !== undefined) void navigate(here.to(`/families?stage=${stage}`));
    },
    [overview, navigate, here],
  );
  return (
    <ChartPanel
      title={say("overview.stages")}
      option={option}
      height={400}
      fileName="stages"
      onPick={open}
      figures={{
        columns: [say("overview.stage"), say("overview.today"), say("overview.in90Days")],
        rows: overview.stages.map((one) => ({
          key: one.stage,
          cells: [
            <Link key="stage" to={here.to(`/families?stage=${one.stage}`)}>
              {say(`ui.stage.${one.stage}`)}
            </Link>,
            style.formats.number(one.today),
            style.formats.number(one.in90Days),
          ],
        })),
        plain: overview.stages.map((one) => [one.stage, one.today, one.in90Days]),
      }}
    >
      <p className="legend">
        <span className="solid" /> {say("overview.today")} <span className="outlined" />{" "}
        {say("overview.in90Days")}
        <em>{say("overview.stagesNote")}</em>
      </p>
    </ChartPanel>
  );
}

export function Categories({ overview }: { overview: Overview }) {
  const say = useSay();
  const style = useChartStyle();
  const sorted = useMemo(
    () => [...overview.categories].sort((a, b) => b.gmvFen - a.gmvFen).slice(0, 12),
    [overview],
  );
  const option = useMemo(() => categoriesOption(sorted, style, say), [sorted, style, say]);
  return (
    <ChartPanel
      title={say("overview.categories")}
      option={option}
      height={Math.max(120, sorted.length * 34)}
      fileName="categories"
      figures={{
        columns: [say("overview.category"), say("overview.figure.gmvFen"), say("overview.figure.orders")],
        rows: sorted.map((one) => ({
          key: one.category,
          cells: [
            categoryName(one.category, say),
            style.formats.money(one.gmvFen),
            style.formats.number(one.orders),
          ],
        })),
        plain: sorted.map((one) => [one.category, one.gmvFen / 100, one.orders]),
      }}
    />
  );
}

export function Daily({
  overview,
  measure,
}: {
  overview: Overview;
  measure: "newFamilies" | "messages" | "optOuts";
}) {
  const say = useSay();
  const style = useChartStyle();
  const colours = {
    newFamilies: style.palette.accent,
    messages: style.palette.series[2] ?? "",
    optOuts: style.palette.series[3] ?? "",
  };
  return (
    <ChartPanel
      title={say(`overview.${measure}`)}
      option={dailyOption(overview, measure, style, say(`overview.figure.${measure}`), colours[measure])}
      height={164}
      fileName={measure}
      figures={{
        columns: [say("overview.day"), say(`overview.figure.${measure}`)],
        rows: overview.daily.map((day) => ({
          key: day.on,
          cells: [style.formats.date(day.on), style.formats.number(day[measure])],
        })),
        plain: overview.daily.map((day) => [day.on, day[measure]]),
      }}
    />
  );
}
