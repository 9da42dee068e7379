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
async function bring(
  desk: Desk,
  folder: string,
  files: readonly ExportedFile[],
  preset: string,
): Promise<Import> {
  const form = new FormData();
  form.append("preset", preset);
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

/** Everything that the shops exported, shop by shop and file by file in the order of export. */
export async function bringShops(
  desk: Desk,
  folder: string,
  platforms: readonly string[],
  options: { preset?: string; filesAtOnce?: number; say?: (line: string) => void } = {},
): Promise<Brought> {
  const { preset = "auto", filesAtOnce = 16, say = () => {} } = options;
  const listed = await readLines<ExportedFile>(join(folder, "truth", "files.jsonl"));
  const brought: Brought = { rows: 0, refused: 0, reasons: {}, seconds: 0 };
  const began = performance.now();
  for (const platform of platforms) {
    const from = performance.now();
    const files = listed.filter((file) => file.platform === platform);
    for (let i = 0; i < files.length; i += filesAtOnce) {
      const done = await bring(desk, folder, files.slice(i, i + filesAtOnce), preset);
      brought.rows += done.rows;
      brought.refused += done.refused;
      for (const { code, rows } of done.reasons) brought.reasons[code] = (brought.reasons[code] ?? 0) + rows;
    }
    say(`${platform}: ${files.length} files, ${Math.round(performance.now() - from)} ms`);
  }
  brought.seconds = (performance.now() - began) / 1000;
  return brought;
}
