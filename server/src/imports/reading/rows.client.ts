import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { parse } from "csv-parse";
import iconv from "iconv-lite";
import { findDelimiter } from "./columns.ts";
import { type Encoding, type NoText, peek, Utf8Check } from "./encoding.ts";

/** A text file of rows, as far as its bytes tell. */
export interface TextFile {
  path: string;
  bytes: number;
  encoding: Encoding;
  delimiter: string;
  header: string[];
  /** Saved once in a wrong encoding, so that its Chinese is lost. */
  garbled: boolean;
}

/** Rows in the order of the file; `line` counts from 1 with the header. */
export interface FileRow {
  line: number;
  cells: string[];
}

const headBytes = 256 * 1024;

/** Looks at a file: what it is, how it is encoded and separated, its header. Reads all of it once when it is not plainly UTF-16. */
export async function examine(path: string): Promise<TextFile | NoText> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  const head = Buffer.alloc(Math.min(headBytes, size));
  await file.read(head, 0, head.length, 0);
  await file.close();
  const found = peek(head);
  if (found === "empty" || found === "spreadsheet" || found === "not-text") return found;
  const encoding = found ?? (await encodingOf(path));
  const text = decode(head, encoding);
  const firstLine = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== "") ?? "";
  if (firstLine === "") return "empty";
  const delimiter = findDelimiter(firstLine);
  const first = { path, bytes: size, encoding, delimiter };
  for await (const { cells } of rowsOf(first, () => undefined, true))
    return {
      ...first,
      header: cells.map((cell) => cell.trim()),
      garbled: /\uFFFD|锟斤拷|烫烫/.test(cells.join("")),
    };
  return "empty";
}

async function encodingOf(path: string): Promise<Encoding> {
  const check = new Utf8Check();
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    check.add(chunk as Buffer);
  return check.encoding;
}

const decode = (bytes: Buffer, encoding: Encoding): string => iconv.decode(bytes, encoding);

/** The rows, header left out unless asked for. Tells how many bytes were read so far. */
export async function* rowsOf(
  file: Pick<TextFile, "path" | "encoding" | "delimiter">,
  onBytes: (read: number) => void,
  withHeader = false,
): AsyncGenerator<FileRow> {
  const bytes = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  bytes.on("data", () => onBytes(bytes.bytesRead));
  const text =
    file.encoding === "utf-8" ? bytes : bytes.pipe(iconv.decodeStream(file.encoding)).pipe(new PassThrough());
  const parser = text.pipe(
    parse({
      delimiter: file.delimiter,
      bom: true,
      info: true,
      // Files put together from several sources end their lines in more than one way.
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      // A quote that is never closed would otherwise take the rest of the file into one cell.
      max_record_size: 1024 * 1024,
    }),
  );
  bytes.on("error", (error) => parser.destroy(error));
  let isHeader = true;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (!isHeader || withHeader) yield { line: info.lines, cells: record };
      isHeader = false;
    }
  } finally {
    bytes.destroy();
  }
}
