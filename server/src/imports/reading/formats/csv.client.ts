import { type FileToRead, type Format, mostColumns, UnreadableFile } from "../format.ts";
import { findSeparator } from "../separator.ts";
import { EndlessRow, RowSplitter } from "../split-rows.ts";
import { encodingOf, headOf, textOf } from "../text.client.ts";

/** What the separator is found from. */
const sampleChars = 64 * 1024;

/** Text with separators: comma, tab, semicolon or bar. */
export const csv: Format<"csv"> = {
  id: "csv",
  recognises: () => true,
  async open(file) {
    const encoding = file.encoding || (await encodingOf(file.path));
    const head = (await headOf(file.path, encoding)).slice(0, sampleChars);
    const lines = head.slice(
      0,
      Math.max(head.lastIndexOf("\n"), head.indexOf("\r") < 0 ? 0 : head.lastIndexOf("\r")) + 1,
    );
    const delimiter = file.delimiter || findSeparator(lines === "" ? head : lines);
    return {
      ...{ encoding, delimiter, sheets: [], sheet: null, named: false },
      rows: (onBytes) => rowsOf({ ...file, encoding, delimiter }, onBytes),
      close: async () => {},
    };
  },
};

async function* rowsOf(file: FileToRead & { delimiter: string }, onBytes: (read: number) => void) {
  const splitter = new RowSplitter(file.delimiter);
  try {
    for await (const text of textOf(file.path, file.encoding || "utf-8", onBytes)) {
      const rows = splitter.push(text);
      if (splitter.widest > mostColumns) throw new UnreadableFile("too-wide");
      if (rows.length > 0) yield rows;
    }
    const last = splitter.end();
    if (last.length > 0) yield last;
  } catch (error) {
    if (error instanceof EndlessRow) throw new UnreadableFile("endless-row", error.line);
    throw error;
  }
}
