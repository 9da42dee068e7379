import { expect } from "vitest";
import { textOf } from "../src/events/utf8.ts";
import type { Preset, Row } from "../src/imports/preset.ts";
import { presetOf } from "../src/imports/presets.ts";
import { readColumns } from "../src/imports/reading/columns.ts";
import type { StatedRecord } from "../src/records/record.ts";

/** As of when, and in which zone, the files are read. */
export const context = { zone: "Asia/Shanghai", now: Date.parse("2026-06-10T04:00:00Z") };

/** Reads a file as it is written on the platform; rows of one order are one record. */
export function readFile(id: string, text: string): (StatedRecord | { refused: string })[] {
  const [header = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split("|"));
  const { kind, places, missing } = readColumns(presetOf(id) as Preset, header);
  expect(missing).toEqual([]);
  const groups = new Map<string, Row[]>();
  for (const [i, cells] of rows.entries()) {
    const row = Object.fromEntries([...places].map(([target, at]) => [target, cells[at] ?? ""]));
    const key = kind.together?.map((target) => row[target] ?? "").join() ?? String(i);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => kind.read(group, context));
}

/** The fields of a record that was read; a refusal fails the test. */
export const fieldsOf = (read: StatedRecord | { refused: string } | undefined) => {
  if (read === undefined || "refused" in read) throw new Error(JSON.stringify(read));
  return JSON.parse(textOf(read.fields)) as Record<string, unknown>;
};
