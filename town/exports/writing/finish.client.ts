import { join } from "node:path";
import { dateOf, shanghaiDayOf, shopTimeOf } from "../../calendar.ts";
import { type Chunks, sortedSlice } from "../../writing/spill.client.ts";
import { brandFiles } from "../brand-files.ts";
import { headerOf, numberCell } from "../cells.ts";
import { type ExportFile, planOf, type ShopsSettings } from "../plan.ts";
import { cellEnd, rowEnd } from "../rows.ts";
import { writeSheet } from "./sheet.client.ts";

/** Makes one file of the rows that all shares put aside for it: of the plan, or beyond it a list of the brand's. */
export type FinishJob = {
  readonly kind: "finish";
  readonly settings: ShopsSettings;
  readonly out: string;
  readonly index: number;
  readonly shares: readonly { readonly path: string; readonly chunks: Chunks }[];
};
export type Finished = { readonly file: string; readonly rows: number; readonly bytes: number };

/** Sums of the columns of money, as the row below the last order gives them; cells that are no plain numbers count nothing. */
function totalsOf({ kind, form, columns }: ExportFile, rows: readonly string[][]): string[] {
  return columns.map((column, i) => {
    if (i === 0) return "合计";
    if (column.kind !== "money") return "";
    const sum = rows.reduce((all, row) => all + (Number(row[i]!.replace(numberCell, "")) || 0), 0);
    return (kind.format === "xlsx" ? numberCell : "") + (form.money === "fen" ? sum : sum.toFixed(2));
  });
}

function titlesOf({ kind, platform, from, to, exportedAt }: ExportFile): string[] {
  if (!kind.title) return [];
  const [first, last] = [from, to - 1].map((at) => dateOf(shanghaiDayOf(at)));
  return [`${platform.shop} 订单明细（${first} 至 ${last}）`, `导出时间：${shopTimeOf(exportedAt)}`];
}

function rowsAside(shares: FinishJob["shares"]): string[][] {
  const text = sortedSlice(shares).toString();
  if (text === "") return [];
  return text
    .slice(0, -rowEnd.length)
    .split(rowEnd)
    .map((row) => row.split(cellEnd));
}

function finishExport(file: ExportFile, { settings, out, shares }: FinishJob): Finished {
  const { kind, form, columns, platform, name } = file;
  const rows = rowsAside(shares);
  const { length } = rows;
  if (kind.total && settings.dirt) rows.push(totalsOf(file, rows));
  const header = columns.map((column) => headerOf(column.name, column.kind, form));
  if (form.pasted && length > 1)
    rows.splice(
      length >> 1,
      0,
      header.map(() => ""),
      header,
    );
  const path = join("shops", platform.id, name);
  const bytes = writeSheet(join(out, path), { ...kind, titles: titlesOf(file), header }, rows);
  return { file: path, rows: length, bytes };
}

function finishList(list: (typeof brandFiles)[number], { settings, out, shares }: FinishJob): Finished {
  const made = [...(list.ofCalendar?.(settings) ?? [])].map((row) => row.map(String));
  const rows = list.ofFamily ? rowsAside(shares) : made;
  const path = join("shops", `${list.path}.${list.format}`);
  const titles = list.title === null ? [] : [list.title];
  const sheet = { ...list, lineEnd: "\r\n", titles, header: list.columns } as const;
  return { file: path, rows: rows.length, bytes: writeSheet(join(out, path), sheet, rows) };
}

export function finishFile(job: FinishJob): Finished {
  const plan = planOf(job.settings);
  const file = plan[job.index];
  return file ? finishExport(file, job) : finishList(brandFiles[job.index - plan.length]!, job);
}
