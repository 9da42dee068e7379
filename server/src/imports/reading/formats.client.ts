import type { FileFormat } from "@stork/contract/imports.ts";
import { compoundNames, isCompound } from "./compound.client.ts";
import { type FileToRead, type Format, type OpenFile, type Unreadable, UnreadableFile } from "./format.ts";
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
  await refuseOther(head, file);
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

async function refuseOther(head: Buffer, { path }: FileToRead): Promise<void> {
  if (isWebPage(head)) throw new UnreadableFile("web-page");
  const begin = head.subarray(0, 8).toString("hex");
  if (others.some((one) => begin.startsWith(one))) throw new UnreadableFile("not-text");
  if (isCompound(head)) throw new UnreadableFile(await whatCompound(path));
}

/** Old workbooks, new ones under a password, and documents of other programs are the same kind of container. */
async function whatCompound(path: string): Promise<Unreadable> {
  const names = await compoundNames(path);
  const has = (...some: string[]) => some.some((one) => names.includes(one));
  if (has("EncryptedPackage")) return "locked";
  if (has("Workbook", "Book")) return "old-spreadsheet";
  // A list that names neither is another program's; where there is none, the file was cut off.
  return names.length > 0 ? "not-text" : "damaged";
}
