import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import iconv from "iconv-lite";
import { dateOf, shanghaiDayOf, shopTimeOf } from "../../calendar.ts";
import { type Chunks, sortedSlice, writeAll } from "../../writing/spill.client.ts";
import { headerOf, numberCell } from "../cells.ts";
import { type ExportFile, planOf, type ShopsSettings } from "../plan.ts";
import { cellEnd, rowEnd } from "../rows.ts";
import { Workbook } from "../xlsx.client.ts";

/** Makes one export file of the rows that all shares put aside for it. */
export type FinishJob = {
  readonly kind: "finish";
  readonly settings: ShopsSettings;
  readonly out: string;
  readonly index: number;
  readonly shares: readonly { readonly path: string; readonly chunks: Chunks }[];
};
export type Finished = { readonly file: string; readonly rows: number; readonly bytes: number };

export const pathOf = ({ platform, name }: ExportFile): string => join("shops", platform.id, name);

/** Sums of the columns of money, as the row below the last order gives them; cells that are no plain numbers count nothing. */
function totalsOf({ kind, form }: ExportFile, rows: readonly string[][]): string[] {
  return kind.columns.map((column, i) => {
    if (i === 0) return "合计";
    if (column.kind !== "money") return "";
    const sum = rows.reduce((all, row) => all + (Number(row[i]!.replace(numberCell, "")) || 0), 0);
    return (kind.format === "xlsx" ? numberCell : "") + (form.money === "fen" ? sum : sum.toFixed(2));
  });
}

const quoted = (cell: string): string => (/[",\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function csvOf({ kind }: ExportFile, header: readonly string[], rows: Iterable<readonly string[]>): string {
  let text = header.map(quoted).join(",") + kind.lineEnd;
  for (const row of rows) text += row.map(quoted).join(",") + kind.lineEnd;
  return text;
}

function encoded(text: string, encoding: ExportFile["kind"]["encoding"]): Buffer {
  if (encoding === "gbk") return iconv.encode(text, "gbk");
  return Buffer.from(encoding === "utf-8-bom" ? `\uFEFF${text}` : text);
}

function writeWorkbook(
  path: string,
  file: ExportFile,
  header: readonly string[],
  rows: readonly string[][],
): void {
  const book = new Workbook(path);
  if (file.kind.title) {
    const last = dateOf(shanghaiDayOf(file.to - 1));
    book.title(
      `${file.platform.shop} 订单明细（${dateOf(shanghaiDayOf(file.from))} 至 ${last}）`,
      header.length,
    );
    book.title(`导出时间：${shopTimeOf(file.exportedAt)}`, header.length);
  }
  book.row(header);
  for (const row of rows) book.row(row);
  book.close();
}

export function finishFile({ settings, out, index, shares }: FinishJob): Finished {
  const file = planOf(settings)[index]!;
  const path = join(out, pathOf(file));
  mkdirSync(dirname(path), { recursive: true });
  const text = sortedSlice(shares).toString();
  const rows =
    text === ""
      ? []
      : text
          .slice(0, -rowEnd.length)
          .split(rowEnd)
          .map((row) => row.split(cellEnd));
  const { length } = rows;
  const header = file.kind.columns.map(({ name, kind }) => headerOf(name, kind, file.form));
  if (file.kind.total && settings.dirt) rows.push(totalsOf(file, rows));
  if (file.kind.format === "xlsx") writeWorkbook(path, file, header, rows);
  else {
    const target = openSync(path, "w");
    writeAll(target, encoded(csvOf(file, header, rows), file.kind.encoding), null);
    closeSync(target);
  }
  return { file: pathOf(file), rows: length, bytes: statSync(path).size };
}
