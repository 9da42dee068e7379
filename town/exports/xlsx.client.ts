import { closeSync, openSync, writeSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
import { dateCell, numberCell } from "./cells.ts";

/**
 * A workbook of one sheet, written as it comes: a ZIP of five small XML parts, the sheet compressed in pieces. Our own,
 * because the libraries for it hold the sheet in memory, and Node brings the two things needed: deflate and CRC-32.
 * Strings stand inline (ECMA-376, 18.3.1.53), as exporters that stream write them.
 */
export class Workbook {
  readonly #file: number;
  readonly #entries: { name: string; crc: number; packed: number; size: number; offset: number }[] = [];
  #at = 0;
  #row = 0;
  #sheet = "";
  #crc = 0;
  #size = 0;
  #packed: Buffer[] = [];
  readonly #merged: string[] = [];

  constructor(path: string) {
    this.#file = openSync(path, "w");
    this.#sheet = `${head}<worksheet xmlns="${main}"><sheetData>`;
  }

  /** A row of cells; those that begin with a sign of cells.ts are numbers and dates. */
  row(cells: readonly string[]): void {
    this.#row += 1;
    let xml = `<row r="${this.#row}">`;
    for (const [i, cell] of cells.entries())
      if (cell !== "") xml += cellXml(`${letters(i)}${this.#row}`, cell);
    this.#sheet += `${xml}</row>`;
    if (this.#sheet.length > pieceLength) this.#pack(false);
  }

  /** A line of text over so many columns. */
  title(text: string, columns: number): void {
    this.row([text]);
    this.#merged.push(`A${this.#row}:${letters(columns - 1)}${this.#row}`);
  }

  #pack(last: boolean): void {
    const bytes = Buffer.from(this.#sheet);
    this.#sheet = "";
    this.#crc = crc32(bytes, this.#crc);
    this.#size += bytes.length;
    // Each piece is compressed by itself and ends on a byte, so that nothing but bytes has to be kept.
    this.#packed.push(deflateRawSync(bytes, { finishFlush: last ? finish : syncFlush, level: 6 }));
  }

  close(): void {
    const merged = this.#merged.map((range) => `<mergeCell ref="${range}"/>`).join("");
    const cells = merged === "" ? "" : `<mergeCells count="${this.#merged.length}">${merged}</mergeCells>`;
    this.#sheet += `</sheetData>${cells}</worksheet>`;
    this.#pack(true);
    for (const [name, xml] of Object.entries(parts)) {
      const bytes = Buffer.from(head + xml);
      this.#entry(name, crc32(bytes), bytes.length, [deflateRawSync(bytes)]);
    }
    this.#entry("xl/worksheets/sheet1.xml", this.#crc, this.#size, this.#packed);
    this.#directory();
    closeSync(this.#file);
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    this.#at += bytes.length;
  }

  #entry(name: string, crc: number, size: number, pieces: readonly Buffer[]): void {
    const packed = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const entry = { name, crc, packed, size, offset: this.#at };
    this.#entries.push(entry);
    this.#write(Buffer.concat([fields(0x04034b50, localFields(entry)), Buffer.from(name)]));
    for (const piece of pieces) this.#write(piece);
  }

  #directory(): void {
    const from = this.#at;
    for (const entry of this.#entries) {
      const more = [
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, entry.offset],
      ] as const;
      const shared = [[2, 20], ...localFields(entry), ...more] as const;
      this.#write(Buffer.concat([fields(0x02014b50, shared), Buffer.from(entry.name)]));
    }
    const count = this.#entries.length;
    const end = [
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
      [4, this.#at - from],
      [4, from],
      [2, 0],
    ] as const;
    this.#write(fields(0x06054b50, end));
  }
}

const pieceLength = 2 ** 19;
const syncFlush = 2;
const finish = 4;
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/package/2006/relationships";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const parts = {
  "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
  "_rels/.rels": `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  // Style 1 is a date with its time.
  "xl/styles.xml": `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d\\ h:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

const names: string[] = [];

/** A, B … Z, AA … of a column, counted from 0. */
function letters(column: number): string {
  names[column] ??=
    (column >= 26 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));
  return names[column];
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function cellXml(at: string, cell: string): string {
  if (cell.startsWith(numberCell)) return `<c r="${at}"><v>${cell.slice(1)}</v></c>`;
  if (cell.startsWith(dateCell)) return `<c r="${at}" s="1"><v>${cell.slice(1)}</v></c>`;
  const text = cell.replace(/[&<>]/g, (sign) => signs[sign]!);
  const kept = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : "";
  return `<c r="${at}" t="inlineStr"><is><t${kept}>${text}</t></is></c>`;
}

type Field = readonly [2 | 4, number];

/** A ZIP header: its sign and its fields, little-endian (APPNOTE 4.3). */
function fields(sign: number, list: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(4 + list.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = buffer.writeUInt32LE(sign);
  for (const [bytes, value] of list)
    at = bytes === 2 ? buffer.writeUInt16LE(value, at) : buffer.writeUInt32LE(value, at);
  return buffer;
}

/** Names in UTF-8 (flag 11), deflated, of 1980-01-01: a clock would give other bytes each time. */
function localFields({
  name,
  crc,
  packed,
  size,
}: {
  name: string;
  crc: number;
  packed: number;
  size: number;
}) {
  const length = Buffer.byteLength(name);
  return [
    [2, 20],
    [2, 0x800],
    [2, 8],
    [2, 0],
    [2, 33],
    [4, crc],
    [4, packed],
    [4, size],
    [2, length],
    [2, 0],
  ] as const;
}
