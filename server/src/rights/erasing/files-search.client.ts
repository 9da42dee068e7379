import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ErasedSubject } from "../../platform/eraser.ts";
import { asBytes, patternOf, writtenForms } from "../values.ts";
import type { Found } from "./text-search.store.ts";

/** What the engines keep is searched through the engines; sealed files by their own eraser, which can open them. */
const notHere = new Set(["postgres", "clickhouse", "raw"]);
const overlap = 512;

/** Looks for her in every other file under the data folder, logs among them, as plain text. */
export async function searchFiles(dataDir: string, subject: ErasedSubject): Promise<Found[]> {
  const pattern = patternOf(writtenForms(subject.values), asBytes);
  if (pattern === null) return [];
  const said = new RegExp(pattern);
  const found = new Map<string, number>();
  for (const entry of await readdir(dataDir, { withFileTypes: true, recursive: true }).catch(() => [])) {
    const path = join(entry.parentPath, entry.name);
    const top = path.slice(dataDir.length + 1).split("/")[0] ?? "";
    if (!entry.isFile() || notHere.has(top)) continue;
    if (await holds(path, said)) found.set(`files: ${top}`, (found.get(`files: ${top}`) ?? 0) + 1);
  }
  return [...found].map(([place, count]) => ({ place, found: count }));
}

async function holds(path: string, said: RegExp): Promise<boolean> {
  let end = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "latin1" })) {
      const text = end + (chunk as string);
      if (said.test(text)) return true;
      end = text.slice(-overlap);
    }
  } catch (error) {
    // Gone while we came to it.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return false;
}
