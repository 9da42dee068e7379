import type { FileFormat } from "@stork/contract/imports.ts";
import type { FileToRead, OpenFile } from "./format.ts";
import { openFile } from "./formats.client.ts";
import type { FileRow } from "./row.ts";
import { asideOf, findHeader, headerWithin, namesOf } from "./table.ts";

/** What a file is, how it is written, and where its table begins. */
export interface Examined {
  format: FileFormat;
  encoding: OpenFile["encoding"];
  delimiter: string;
  sheets: readonly string[];
  sheet: string | null;
  mergedCells: number;
  header: string[];
  /** The line on which the header stands; 0: the format has it beside the rows. */
  headerLine: number;
  /** Rows above the header. */
  above: number;
  /** The first rows below the header. */
  first: FileRow[];
  /** Nothing stands below the header but totals and notes. */
  isEmpty: boolean;
}

/** Looks at a file's beginning; `known` counts the columns among cells that anybody knows by name. Throws UnreadableFile. */
export async function examine(
  file: FileToRead,
  known: (cells: readonly string[]) => number,
  rows: number,
): Promise<Examined> {
  const open = await openFile(file);
  try {
    const found: FileRow[] = [];
    for await (const some of open.rows(() => undefined)) {
      for (const row of some) if (found.length < rows + headerWithin) found.push(row);
      if (found.length >= rows + headerWithin) break;
    }
    const readable = found.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
    const at = open.named ? 0 : findHeader(readable, known);
    const { format, encoding, delimiter, sheets, sheet, mergedCells = 0 } = open;
    const header = readable[at];
    const below = readable.slice(at + 1);
    const width = header?.cells.length ?? 0;
    return {
      ...{ format, encoding, delimiter, sheets, sheet, mergedCells },
      header: trimmed(namesOf(header?.cells ?? [])),
      headerLine: header?.line ?? 0,
      above: at,
      first: below.slice(0, rows),
      isEmpty:
        found.length < rows + headerWithin &&
        below.every(({ bad, cells }) => bad === undefined && asideOf(cells, width) !== null),
    };
  } finally {
    await open.close();
  }
}

/** Without the empty columns at its end, which programs leave behind. */
function trimmed(names: string[]): string[] {
  let end = names.length;
  while (end > 0 && names[end - 1] === "") end -= 1;
  return names.slice(0, end);
}

/** The rows below the header of a file examined earlier, portion by portion. */
export async function* tableRows(
  file: FileToRead & { headerLine: number },
  onBytes: (read: number) => void,
): AsyncGenerator<FileRow[]> {
  const open = await openFile(file);
  try {
    let begun = false;
    for await (const some of open.rows(onBytes)) {
      if (begun) {
        yield some;
        continue;
      }
      const rest = some.filter(({ line }) => line > file.headerLine);
      begun = rest.length > 0;
      if (begun) yield rest;
    }
  } finally {
    await open.close();
  }
}
