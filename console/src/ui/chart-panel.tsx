import { BarChartOutlined, DownloadOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import type { EChartsCoreOption } from "echarts/core";
import { type ReactNode, useRef, useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { Chart, type ChartHandle } from "./chart.tsx";
import { csv, download } from "./download.ts";
import { Panel } from "./page.tsx";

export interface Figures {
  columns: readonly string[];
  /** As shown in the table view. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** As exported: plain numbers. */
  plain: readonly (readonly (string | number | null)[])[];
}

/** A chart with its table view, and its export as a picture or as CSV. */
export function ChartPanel({
  title,
  extra,
  option,
  height = 260,
  figures,
  fileName,
  onPick,
  children,
}: {
  title: string;
  extra?: ReactNode;
  option: EChartsCoreOption;
  height?: number;
  figures: Figures;
  fileName: string;
  onPick?: (pick: { name: string; index: number; series: string }) => void;
  children?: ReactNode;
}) {
  const say = useSay();
  const chart = useRef<ChartHandle>(null);
  const [asTable, setAsTable] = useState(false);
  const savePicture = async () => {
    const url = chart.current?.picture();
    if (url !== undefined) download(`${fileName}.png`, await (await fetch(url)).blob());
  };
  const saveTable = () => download(`${fileName}.csv`, csv(figures.columns, figures.plain));
  return (
    <Panel
      title={title}
      extra={
        <>
          {extra}
          <Tooltip title={say(asTable ? "ui.chart" : "ui.table")}>
            <Button
              type="text"
              size="small"
              icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
              aria-label={`${title}: ${say(asTable ? "ui.chart" : "ui.table")}`}
              onClick={() => setAsTable(!asTable)}
            />
          </Tooltip>
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "png", label: say("ui.exportPng"), disabled: asTable },
                { key: "csv", label: say("ui.exportCsv") },
              ],
              onClick: ({ key }) => (key === "png" ? void savePicture() : saveTable()),
            }}
          >
            <Button
              type="text"
              size="small"
              icon={<DownloadOutlined />}
              aria-label={`${title}: ${say("ui.export")}`}
            />
          </Dropdown>
        </>
      }
    >
      {asTable ? (
        <FiguresTable figures={figures} label={title} height={height} />
      ) : (
        <Chart
          ref={chart}
          option={option}
          height={height}
          label={title}
          {...(onPick === undefined ? {} : { onPick })}
        />
      )}
      {children}
    </Panel>
  );
}

function FiguresTable({ figures, label, height }: { figures: Figures; label: string; height: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="figures" style={{ height }} tabIndex={0} aria-label={label}>
      <table className="table">
        <caption className="hidden">{label}</caption>
        <thead>
          <tr>
            {figures.columns.map((column, index) => (
              <th key={column} scope="col" className={index > 0 ? "num" : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => (
                <td key={figures.columns[index]} className={index > 0 ? "num" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
