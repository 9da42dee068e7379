import { randomUUID } from "node:crypto";
import { type Format, type Unreadable, UnreadableFile } from "../format.ts";
import { isDateFormat } from "../workbook/cell-text.ts";
import { MergedCells } from "../workbook/merged-cells.ts";
import { SharedStrings } from "../workbook/shared-strings.client.ts";
import { bare, type SheetContext, SheetRows, xmlParser } from "../workbook/sheet-rows.ts";
import { isOtherSpreadsheet, openZip, type Zip, type ZipPart } from "../zip.client.ts";

/** Parts that are read as a whole: names of sheets, styles. */
const mostSmall = 32 * 1024 * 1024;
/** The texts of a workbook; Excel itself opens no more. */
const mostTexts = 2 * 1024 ** 3;

interface Sheet {
  name: string;
  part: ZipPart;
}

/** An Excel workbook, sheet by sheet, row by row; its size does not matter. */
export const xlsx: Format<"xlsx"> = {
  id: "xlsx",
  recognises: (head) => head.subarray(0, 4).toString("latin1") === "PK\u0003\u0004",
  async open({ path, bytes, sheet: wanted }) {
    const zip = await openZip(path);
    const texts = new SharedStrings(`${path}.${randomUUID()}.texts`);
    const close = async () => {
      texts.close();
      zip.close();
    };
    try {
      const { sheets, from1904 } = await sheetsOf(zip);
      await readTexts(zip, texts);
      const dates = await datesOf(zip);
      const plain: SheetContext = { shared: (index) => texts.get(index), dates, from1904 };
      const sheet = sheets.find(({ name }) => name === wanted) ?? (await firstWithTable(sheets, plain));
      if (wanted != null && sheet?.name !== wanted) throw new UnreadableFile("no-sheet");
      if (sheet === undefined) throw new UnreadableFile("empty");
      const merged = await mergedIn(sheet.part);
      const context = merged.count === 0 ? plain : { ...plain, merged };
      return {
        ...{ encoding: "", delimiter: "", named: false },
        sheets: sheets.map(({ name }) => name),
        sheet: sheet.name,
        mergedCells: merged.count,
        rows: (onBytes) => rowsOf(sheet.part, context, (share) => onBytes(Math.round(bytes * share))),
        close,
      };
    } catch (error) {
      await close();
      throw error instanceof UnreadableFile ? error : new UnreadableFile("damaged");
    }
  },
};

async function* rowsOf(part: ZipPart, context: SheetContext, onShare: (share: number) => void) {
  const reader = new SheetRows(context);
  let seen = 0;
  try {
    for await (const [text, size] of textOf(part)) {
      seen += size;
      onShare(Math.min(1, seen / Math.max(1, part.bytes)));
      const rows = reader.write(text);
      if (rows.length > 0) yield rows;
    }
    const last = reader.end();
    if (last.length > 0) yield last;
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile("damaged");
  }
}

const mergedTag = Buffer.from("mergeCells");

/** Which cells are merged stands below the table, so the sheet is gone through once before it is read. */
async function mergedIn(part: ZipPart): Promise<MergedCells> {
  const merged = new MergedCells();
  const decoder = new TextDecoder("utf-8");
  const parser = xmlParser({
    onopentag(name, { ref }) {
      if (ref !== undefined && bare(name) === "mergeCell") merged.add(ref);
    },
  });
  let begun = false;
  let before: Buffer = Buffer.alloc(0);
  for await (const chunk of (await part.stream()) as AsyncIterable<Buffer>) {
    let bytes: Buffer = chunk;
    if (!begun) {
      // A piece of the sheet may end within the word.
      bytes = Buffer.concat([before, chunk]);
      const at = bytes.indexOf(mergedTag);
      before = bytes.subarray(-64);
      if (at < 0) continue;
      begun = true;
      bytes = bytes.subarray(Math.max(0, bytes.lastIndexOf(60, at)));
    }
    parser.write(decoder.decode(bytes, { stream: true }));
  }
  parser.end();
  return merged.sort();
}

async function* textOf(part: ZipPart): AsyncGenerator<[string, number]> {
  const decoder = new TextDecoder("utf-8");
  const stream = await part.stream();
  for await (const chunk of stream as AsyncIterable<Buffer>)
    yield [decoder.decode(chunk, { stream: true }), chunk.length];
}

/** The first sheet with two rows of several cells; where there is none the first with one, or with anything at all. */
async function firstWithTable(sheets: readonly Sheet[], context: SheetContext): Promise<Sheet | undefined> {
  let best: { sheet: Sheet; wide: number } | undefined;
  for (const sheet of sheets) {
    let wide = 0;
    let filled = false;
    for await (const rows of rowsOf(sheet.part, context, () => undefined)) {
      for (const { cells } of rows) {
        const said = cells.filter((cell) => cell !== "").length;
        filled ||= said > 0;
        if (said > 1) wide += 1;
      }
      if (wide > 1) return sheet;
    }
    if (filled && wide > (best?.wide ?? -1)) best = { sheet, wide };
  }
  return best?.sheet;
}

async function readTexts(zip: Zip, texts: SharedStrings): Promise<void> {
  const part = zip.parts.find(({ name }) => /^xl\/sharedStrings\.xml$/i.test(name));
  if (part === undefined) return;
  if (part.bytes > mostTexts) throw new UnreadableFile("bomb");
  let text = "";
  let reading = false;
  let phonetic = false;
  const parser = xmlParser({
    onopentag(name) {
      const tag = bare(name);
      if (tag === "si") text = "";
      else if (tag === "rPh") phonetic = true;
      else if (tag === "t") reading = !phonetic;
    },
    ontext(more) {
      if (reading && text.length < 1_000_000) text += more;
    },
    onclosetag(name) {
      const tag = bare(name);
      if (tag === "t") reading = false;
      else if (tag === "rPh") phonetic = false;
      else if (tag === "si") texts.add(text);
    },
  });
  for await (const [xml] of textOf(part)) parser.write(xml);
  parser.end();
}

/** Sheets that are not hidden, in the order of their tabs. */
async function sheetsOf(zip: Zip): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const named: { name: string; relation: string }[] = [];
  let from1904 = false;
  await readSmall(zip, /^xl\/workbook\.xml$/i, (tag, attributes) => {
    if (tag === "workbookPr") from1904 = /^(1|true)$/.test(attributes["date1904"] ?? "");
    if (tag !== "sheet" || /hidden/i.test(attributes["state"] ?? "")) return;
    const relation = Object.entries(attributes).find(([key]) => bare(key) === "id")?.[1] ?? "";
    named.push({ name: attributes["name"] ?? "", relation });
  });
  const targets = new Map<string, string>();
  await readSmall(zip, /^xl\/_rels\/workbook\.xml\.rels$/i, (tag, { Id, Target }) => {
    if (tag === "Relationship" && Id && Target) targets.set(Id, Target.replace(/^\/?(xl\/)?/, "xl/"));
  });
  if (named.length === 0) throw new UnreadableFile(whatElse(zip));
  const sheets = named.flatMap(({ name, relation }) => {
    const part = zip.parts.find((one) => one.name === targets.get(relation));
    return part === undefined ? [] : [{ name, part }];
  });
  if (sheets.length === 0) throw new UnreadableFile("no-sheet");
  return { sheets, from1904 };
}

/** What an archive without a workbook is: another program's document, or a file that lost its parts. */
function whatElse({ parts }: Zip): Unreadable {
  if (isOtherSpreadsheet(parts.map(({ name }) => name))) return "other-spreadsheet";
  return parts.some(({ name }) => /^(word|ppt)\//i.test(name)) ? "not-text" : "damaged";
}

/** By cell style: whether its numbers are dates. */
async function datesOf(zip: Zip): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  let inCells = false;
  await readSmall(
    zip,
    /^xl\/styles\.xml$/i,
    (tag, attributes) => {
      if (tag === "numFmt") codes.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      if (tag === "cellXfs") inCells = true;
      const id = Number(attributes["numFmtId"] ?? 0);
      if (tag === "xf" && inCells) dates.push(isDateFormat(id, codes.get(id)));
    },
    (tag) => {
      if (tag === "cellXfs") inCells = false;
    },
  );
  return dates;
}

async function readSmall(
  zip: Zip,
  which: RegExp,
  onTag: (tag: string, attributes: Record<string, string>) => void,
  onEnd: (tag: string) => void = () => undefined,
): Promise<void> {
  const part = zip.parts.find(({ name }) => which.test(name));
  if (part === undefined) return;
  if (part.bytes > mostSmall) throw new UnreadableFile("bomb");
  const parser = xmlParser({
    onopentag: (name, attributes) => onTag(bare(name), attributes),
    onclosetag: (name) => onEnd(bare(name)),
  });
  for await (const [xml] of textOf(part)) parser.write(xml);
  parser.end();
}
