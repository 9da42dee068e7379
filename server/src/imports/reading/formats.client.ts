import type { FileFormat } from "@stork/contract/imports.ts";
import { type FileToRead, type Format, type OpenFile, UnreadableFile } from "./format.ts";
import { csv } from "./formats/csv.client.ts";
import { jsonLines } from "./formats/json-lines.client.ts";
import { parquet } from "./formats/parquet.client.ts";
import { xlsx } from "./formats/xlsx.client.ts";
import { firstBytes } from "./text.client.ts";

/** Asked in this order. */
export const formats = { parquet, xlsx, "json-lines": jsonLines, csv } as const satisfies {
  [Id in FileFormat]: Format<Id>;
};

/** Opens a file as what it is, whatever its name says. */
export async function openFile(file: FileToRead): Promise<OpenFile & { format: FileFormat }> {
  const head = await firstBytes(file.path);
  if (head.length === 0) throw new UnreadableFile("empty");
  refuseOther(head, file.name);
  const format = Object.values(formats).find((one) => one.recognises(head, file.name)) ?? csv;
  return { ...(await format.open(file)), format: format.id };
}

/** Many back offices save an HTML table, or the XML of Excel 2003, under the name of a workbook. */
const isWebPage = (head: Buffer): boolean =>
  /^\uFEFF?\s*(?:<!doctype html|<html|<table|<meta|<style|<head|<\?xml[^>]*\?>\s*(?:<\?mso-application|<!doctype html|<html|<(?:\w+:)?workbook))/i.test(
    head.subarray(0, 2000).toString("utf8"),
  );

/** How pictures, documents and archives begin; packed as they are, they hold too few zeros to be told from text by those. */
const others = ["89504e47", "ffd8ff", "47494638", "25504446", "52617221", "377abcaf"];

/** Old workbooks, and new ones under a password, are the same kind of container. */
function refuseOther(head: Buffer, name: string): void {
  if (isWebPage(head)) throw new UnreadableFile("web-page");
  const begin = head.subarray(0, 8).toString("hex");
  if (others.some((one) => begin.startsWith(one))) throw new UnreadableFile("not-text");
  if (head.subarray(0, 4).toString("hex") !== "d0cf11e0") return;
  // The container's list of contents may stand at its end.
  const isLocked = head.includes(Buffer.from("EncryptedPackage", "utf16le")) || /\.xls[xm]$/i.test(name);
  throw new UnreadableFile(isLocked ? "locked" : "old-spreadsheet");
}
