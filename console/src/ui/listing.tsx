import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useAddress } from "./address.ts";
import { csv, download } from "./download.ts";
import { useNarrow } from "./narrow.ts";
import { LoadMore, type More } from "./paged.tsx";

export interface Column<Row> {
  id: string;
  title: string;
  render(row: Row): ReactNode;
  /** The cell in an exported file; columns without it are not exported. */
  plain?(row: Row): string | number | null;
  numeric?: boolean;
  /** Not shown until it is chosen. */
  optional?: boolean;
}

interface Props<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** Where a row leads; the first column becomes the link. */
  to?(row: Row): string;
  /** The row on a phone: its name and the two facts that matter. */
  card(row: Row): ReactNode;
  label: string;
  exportName?: string;
  note?: ReactNode;
  more?: More;
}

/** A table that becomes cards on a phone; columns are chosen in the address, rows exported as CSV. */
export function Listing<Row>({ columns, rows, keyOf, to, card, label, exportName, note, more }: Props<Row>) {
  const narrow = useNarrow();
  const [shown, chooser] = useColumns(columns);
  const say = useSay();
  const exportRows = () => {
    const out = columns.filter((column) => column.plain !== undefined);
    download(
      `${exportName}.csv`,
      csv(
        out.map((column) => column.title),
        rows.map((row) => out.map((column) => column.plain?.(row) ?? null)),
      ),
    );
  };
  return (
    <div className="listing">
      {(note !== undefined || exportName !== undefined) && (
        <div className="listing-bar">
          <span className="soft">{note}</span>
          <span className="push row">
            {!narrow && chooser}
            {exportName !== undefined && rows.length > 0 && (
              <Button size="small" type="text" onClick={exportRows}>
                {say("ui.exportCsv")}
              </Button>
            )}
          </span>
        </div>
      )}
      {narrow ? (
        <ul className="cards" aria-label={label}>
          {rows.map((row) => (
            <li key={keyOf(row)} className="panel">
              {to === undefined ? card(row) : <Link to={to(row)}>{card(row)}</Link>}
            </li>
          ))}
        </ul>
      ) : (
        <div className="panel table-box">
          <table className="table">
            <caption className="hidden">{label}</caption>
            <thead>
              <tr>
                {shown.map((column) => (
                  <th key={column.id} scope="col" className={column.numeric ? "num" : undefined}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)} className={to === undefined ? undefined : "linked"}>
                  {shown.map((column, index) => (
                    <td key={column.id} className={column.numeric ? "num" : undefined}>
                      {index === 0 && to !== undefined ? (
                        <Link className="row-link" to={to(row)}>
                          {column.render(row)}
                        </Link>
                      ) : (
                        column.render(row)
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more !== undefined && <LoadMore more={more} />}
    </div>
  );
}

function useColumns<Row>(columns: readonly Column<Row>[]): [readonly Column<Row>[], ReactNode] {
  const say = useSay();
  const [get, set] = useAddress();
  const usual = columns.filter((column) => !column.optional).map((column) => column.id);
  const chosen = get("columns")?.split(",") ?? usual;
  const shown = columns.filter((column, index) => index === 0 || chosen.includes(column.id));
  const choose = (ids: string[]) =>
    set({
      columns: ids.length === usual.length && usual.every((id) => ids.includes(id)) ? null : ids.join(","),
    });
  const chooser = columns.some((column) => column.optional) ? (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="column-chooser"
          value={[...chosen]}
          onChange={choose}
          options={columns.slice(1).map((column) => ({ value: column.id, label: column.title }))}
        />
      }
    >
      <Button size="small" type="text" icon={<SettingOutlined />}>
        {say("ui.columns")}
      </Button>
    </Popover>
  ) : null;
  return [shown, chooser];
}
