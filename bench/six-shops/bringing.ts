import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";

/** How a user reaches a workspace: by its address and a key. */
export interface Desk {
  /** Up to the workspace, e.g. http://127.0.0.1:7180/api/v1/workspaces/shops. */
  url: string;
  key: string;
  /** Answers when an import is through. */
  settle(id: string): Promise<Import>;
}

/** A line of truth/files.jsonl: in the order in which the files were exported. */
export interface ExportedFile {
  file: string;
  platform: string;
  kind: string;
  rows: number;
}

export const onlineShops = ["tmall", "jd", "pinduoduo", "douyin", "youzan", "wechat"] as const;

export async function readLines<T>(path: string): Promise<T[]> {
  const text = await readFile(path, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

export async function ask<T>({ url, key }: Desk, method: string, path: string, body?: object): Promise<T> {
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  const form = body instanceof FormData;
  if (body && !form) headers["content-type"] = "application/json";
  const response = await fetch(url + path, {
    method,
    headers,
    ...(body ? { body: form ? body : JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Brings so many files at once, as somebody would drop them on the page, and lets the importer find out what they are. */
async function bring(desk: Desk, folder: string, files: readonly ExportedFile[]): Promise<Import> {
  const form = new FormData();
  form.append("preset", "auto");
  for (const { file } of files) form.append("files", await openAsBlob(join(folder, file)), basename(file));
  const preview = await ask<ImportPreview>(desk, "POST", "/imports/preview", form);
  const problem = preview.files.find((file) => file.problem !== null);
  if (problem?.problem) throw new Error(`${problem.name}: ${problem.problem.zh}`);
  const { upload } = preview;
  const started = await ask<Import>(desk, "POST", "/imports", { upload, preset: preview.preset });
  const done = await desk.settle(started.id);
  if (done.status !== "done" && done.status !== "needs-decision")
    throw new Error(`import of ${files[0]?.file}: ${done.status} ${done.error?.zh ?? ""}`);
  return done;
}

export interface Brought {
  rows: number;
  refused: number;
  reasons: Record<string, number>;
  seconds: number;
}

/** Everything that these shops exported, in the order of export, many files of many shops at once. */
export async function bringShops(
  desk: Desk,
  folder: string,
  platforms: readonly string[],
  options: { filesAtOnce?: number; say?: (line: string) => void } = {},
): Promise<Brought> {
  const { filesAtOnce = 20, say = () => {} } = options;
  const listed = await readLines<ExportedFile>(join(folder, "truth", "files.jsonl"));
  const files = listed.filter(({ platform }) => platforms.includes(platform));
  const brought: Brought = { rows: 0, refused: 0, reasons: {}, seconds: 0 };
  const began = performance.now();
  for (let i = 0; i < files.length; i += filesAtOnce) {
    const done = await bring(desk, folder, files.slice(i, i + filesAtOnce));
    brought.rows += done.rows;
    brought.refused += done.refused;
    for (const { code, rows } of done.reasons) brought.reasons[code] = (brought.reasons[code] ?? 0) + rows;
    say(`${Math.min(files.length, i + filesAtOnce)} of ${files.length} files`);
  }
  brought.seconds = (performance.now() - began) / 1000;
  return brought;
}
