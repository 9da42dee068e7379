import type { Format } from "../format.ts";
import { mostColumns, UnreadableFile } from "../format.ts";
import type { FileRow } from "../row.ts";
import { EndlessRow, RowSplitter } from "../split-rows.ts";
import { encodingOf, headOf, textOf } from "../text.client.ts";

/** Lines from which the columns are learned; a field that first comes later has no column. */
const learnFrom = 2_000;
/** No text holds this character, so that a line is one cell. */
const never = "\u0000";

/** One JSON object a line. Columns are the fields of the first lines, inner ones by their path. */
export const jsonLines: Format<"json-lines"> = {
  id: "json-lines",
  recognises: (head, name) =>
    /\.(jsonl|ndjson|json)$/i.test(name)
      ? /^(\uFEFF|\s)*[{[]/.test(head.subarray(0, 64).toString("utf8"))
      : /^(\uFEFF|\s)*\{\s*"/.test(head.subarray(0, 64).toString("utf8")),
  async open(file) {
    const encoding = file.encoding || (await encodingOf(file.path));
    const columns = await columnsOf(file.path, encoding);
    return {
      ...{ encoding, delimiter: "", sheets: [], sheet: null, named: true },
      async *rows(onBytes) {
        yield [{ line: 0, cells: columns }];
        const at = new Map(columns.map((name, place) => [name, place]));
        for await (const lines of linesOf(file.path, encoding, onBytes))
          yield lines.map(({ line, cells: [text = ""] }) => rowOf(text, line, at));
      },
      close: async () => {},
    };
  },
};

async function* linesOf(
  path: string,
  encoding: Parameters<typeof textOf>[1],
  onBytes: (read: number) => void,
) {
  // A quote means nothing to a line here: it is written as a character that no JSON text holds bare.
  const splitter = new RowSplitter(never);
  const plain = (text: string) => text.replaceAll('"', "\u0001");
  const back = (rows: FileRow[]): FileRow[] =>
    rows
      .map((row) => ({ ...row, cells: [(row.cells[0] ?? "").replaceAll("\u0001", '"').trim()] }))
      .filter(({ cells: [text] }) => text !== "" && text !== "[" && text !== "]");
  try {
    for await (const text of textOf(path, encoding, onBytes)) yield back(splitter.push(plain(text)));
    yield back(splitter.end());
  } catch (error) {
    if (error instanceof EndlessRow) throw new UnreadableFile("endless-row", error.line);
    throw error;
  }
}

async function columnsOf(path: string, encoding: Parameters<typeof textOf>[1]): Promise<string[]> {
  const head = await headOf(path, encoding);
  const names = new Set<string>();
  for (const line of head.split(/\r\n|\n|\r/).slice(0, learnFrom))
    for (const name of Object.keys(fieldsOf(parsed(line)) ?? {})) names.add(name);
  if (names.size === 0) {
    const text = head.trim();
    if (/^(\[\s*\]|\{\s*\})?$/.test(text)) throw new UnreadableFile("empty");
    throw new UnreadableFile(/^[[{]/.test(text) ? "not-lines" : "damaged");
  }
  if (names.size > mostColumns) throw new UnreadableFile("too-wide");
  return [...names];
}

function rowOf(text: string, line: number, at: ReadonlyMap<string, number>): FileRow {
  const fields = fieldsOf(parsed(text));
  if (fields === null) return { line, cells: [text.slice(0, 1000)], bad: "not-json" };
  const cells = new Array<string>(at.size).fill("");
  for (const [name, value] of Object.entries(fields)) {
    const place = at.get(name);
    if (place !== undefined) cells[place] = value;
  }
  return { line, cells };
}

/** Lines of an array that was written one object a line end in a comma. */
function parsed(line: string): unknown {
  const text = line
    .trim()
    .replace(/,$/, "")
    .replace(/^\[\s*(?=\{)/, "")
    .replace(/(?<=\})\s*\]$/, "");
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The scalars of an object by path; lists stay JSON. null for what is no object. */
function fieldsOf(value: unknown, depth = 0): Record<string, string> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const fields: Record<string, string> = {};
  for (const [key, inner] of Object.entries(value)) {
    const nested = depth < 8 ? fieldsOf(inner, depth + 1) : null;
    if (nested === null) fields[key] = textOfValue(inner);
    else for (const [path, text] of Object.entries(nested)) fields[`${key}.${path}`] = text;
  }
  return fields;
}

const textOfValue = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
