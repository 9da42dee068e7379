import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import iconv from "iconv-lite";
import { writeAll } from "../../writing/spill.client.ts";
import { cutCharacter } from "../cells.ts";
import { Workbook } from "../xlsx.client.ts";

export type Sheet = {
  readonly format: "csv" | "xlsx";
  readonly encoding: "gbk" | "utf-8" | "utf-8-bom";
  readonly lineEnd: "\n" | "\r\n";
  /** Lines over the whole width before the header. */
  readonly titles: readonly string[];
  readonly header: readonly string[];
};

const quoted = (cell: string): string => (/[",\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function csvOf({ header, titles, lineEnd }: Sheet, rows: readonly (readonly string[])[]): string {
  let text = [...titles.map((title) => [title]), header]
    .map((row) => row.map(quoted).join(",") + lineEnd)
    .join("");
  for (const row of rows) text += row.map(quoted).join(",") + lineEnd;
  return text;
}

function encoded(text: string, encoding: Sheet["encoding"]): Buffer {
  if (encoding === "gbk") {
    const bytes = iconv.encode(text, "gbk");
    for (let at = bytes.indexOf(cutCharacter); at >= 0; at = bytes.indexOf(cutCharacter, at))
      bytes[at] = 0xb1;
    return bytes;
  }
  return Buffer.from(encoding === "utf-8-bom" ? `\uFEFF${text}` : text);
}

/** Writes a table as a spreadsheet or as text in its encoding; answers how long the file is. */
export function writeSheet(path: string, sheet: Sheet, rows: readonly (readonly string[])[]): number {
  mkdirSync(dirname(path), { recursive: true });
  if (sheet.format === "xlsx") {
    const book = new Workbook(path);
    for (const title of sheet.titles) book.title(title, sheet.header.length);
    book.row(sheet.header);
    for (const row of rows) book.row(row);
    book.close();
  } else {
    const file = openSync(path, "w");
    writeAll(file, encoded(csvOf(sheet, rows), sheet.encoding), null);
    closeSync(file);
  }
  return statSync(path).size;
}
