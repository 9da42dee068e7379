import type { FileRow } from "./row.ts";

/** Rows within which a header is looked for: titles, filters and notes above a table are few. */
export const headerWithin = 40;

/** Sums of others: not a purchase, not a person. Only when the first thing said is exactly that. */
const total =
  /^(本页|全部|以上)?(合计|总计|小计|累计|汇总|共计|总和)\s*[（(：:]?|^(grand |sub)?totals?\s*[:：]?$/i;
/** What is said about a table below it. */
const note =
  /^(#|注[：:]|备注[：:]|说明[：:]|导出(时间|人|日期)|制表|打印(时间|人)|以上(为|数据|内容)|数据(来源|截止|统计)|第\s*\d+\s*页)/;

export type Aside = "total" | "note" | "blank";

/** What a row below the header is when it is none of the table's. */
export function asideOf(cells: readonly string[], width: number): Aside | null {
  let filled = 0;
  let first = "";
  for (const cell of cells) {
    if (cell === "" || isBlank(cell)) continue;
    if (filled === 0) first = cell.trim();
    filled += 1;
    // A row filled this far is the table's, whatever its first word.
    if (filled > 2 && filled > width * 0.6) return null;
  }
  if (filled === 0) return "blank";
  if (total.test(first) && first.length <= 40) return "total";
  return filled <= 2 && note.test(first) ? "note" : null;
}

/** Whether a row whose first cell says this is the table's, whatever else stands in it; nearly every row is. */
export const isOfTable = (first: string): boolean =>
  first !== "" && !isBlank(first) && !total.test(first.trim()) && !note.test(first.trim());

const isBlank = (cell: string): boolean => cell.charCodeAt(0) <= 32 && cell.trim() === "";

/**
 * Where the header stands among the first rows: the one in which the most columns are known by name; otherwise the first
 * that is as wide as what follows and says names rather than values. Never later than the table's first row of values.
 */
export function findHeader(rows: readonly FileRow[], known: (cells: readonly string[]) => number): number {
  const looked = rows.slice(0, headerWithin);
  let best = { at: -1, names: 1 };
  for (const [at, { cells }] of looked.entries()) {
    const names = known(cells);
    if (names > best.names) best = { at, names };
  }
  if (best.at >= 0) return best.at;
  const widths = looked.map(({ cells }) => filledOf(cells)).sort((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] ?? 0;
  const at = looked.findIndex(({ cells }) => filledOf(cells) >= Math.max(1, usual * 0.7) && isNames(cells));
  return Math.max(0, at);
}

const filledOf = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== "").length;

/** Whether these say what columns are rather than what stands in them. */
export function isNames(cells: readonly string[]): boolean {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const values = said.filter((cell) => /^[¥￥]?[-\d.,:/% ]+$/.test(cell) || cell.length > 60).length;
  return values <= said.length * 0.2 && new Set(said).size >= said.length * 0.8;
}

/** A header for use: trimmed, damaged invisible marks gone; columns without a name get their letter, doubled ones a number. */
export function namesOf(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, at) => {
    const name =
      cell.replaceAll(/[\p{Cc}\u200b\ufeff]/gu, "").trim() || (at < cells.length - 1 ? `(${at + 1})` : "");
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
