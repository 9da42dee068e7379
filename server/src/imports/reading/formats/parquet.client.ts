import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { type Format, mostColumns, UnreadableFile } from "../format.ts";
import type { FileRow } from "../row.ts";

/** Rows decoded at once: a row group of a million rows would not fit. */
const portion = 20_000;
/** What a page may unpack to. */
const mostPageBytes = 256 * 1024 * 1024;

const bounded = { maxOutputLength: mostPageBytes };
const compressors = {
  GZIP: (input: Uint8Array) => new Uint8Array(gunzipSync(input, bounded)),
  BROTLI: (input: Uint8Array) => new Uint8Array(brotliDecompressSync(input, bounded)),
  ZSTD: (input: Uint8Array) => new Uint8Array(zstdDecompressSync(input, bounded)),
};

/** Apache Parquet, read by portions of its row groups. */
export const parquet: Format<"parquet"> = {
  id: "parquet",
  recognises: (head) => head.subarray(0, 4).toString("latin1") === "PAR1",
  async open({ path, bytes }) {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file).catch(damaged);
    const columns = metadata.schema.slice(1).map(({ name }) => name);
    if (columns.length > mostColumns) throw new UnreadableFile("too-wide");
    const total = Number(metadata.num_rows);
    return {
      ...{ encoding: "", delimiter: "", sheets: [], sheet: null, named: true },
      async *rows(onBytes): AsyncGenerator<FileRow[]> {
        let names: string[] | null = null;
        for (let from = 0; from < total; from += portion) {
          const rowEnd = Math.min(total, from + portion);
          const found = await parquetReadObjects({
            file,
            metadata,
            rowStart: from,
            rowEnd,
            compressors,
          }).catch(damaged);
          if (names === null) {
            names = Object.keys(found[0] ?? {});
            yield [{ line: 0, cells: names }];
          }
          const as = names;
          onBytes(Math.round((bytes * rowEnd) / total));
          yield found.map((row, at) => ({ line: from + at + 1, cells: as.map((name) => textOf(row[name])) }));
        }
        if (names === null) yield [{ line: 0, cells: columns }];
      },
      close: async () => {},
    };
  },
};

function damaged(): never {
  throw new UnreadableFile("damaged");
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (typeof value === "object")
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
  return String(value);
}
