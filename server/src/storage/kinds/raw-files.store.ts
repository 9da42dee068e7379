import type { MonthOfData } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import { endOf, type KindOfStorage } from "../stored-kind.ts";

export const rawFiles: KindOfStorage = {
  label: { zh: "导入的原文件", en: "Original files of imports" },
  what: {
    zh: "导入时上传的文件原样加密保存，可供核对。删除后导入的结果不变，只是不能再看当时的原文。",
    en: "The files that were imported, kept sealed as they came, to be checked against. Without them what was imported stays; what was written can no longer be looked up.",
  },
  tiers: ["hot"],
  policy: { warmAfterDays: null, coldAfterDays: null, deleteAfterDays: 730 },
  facts: null,
  measure: async ({ db }, workspace) => {
    const { rows } = await sql<{ month: string; rows: number; bytes: number }>`
      select to_char(kept_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as rows,
        sum(sealed_bytes) as bytes
      from raw_file where workspace_id = ${workspace} group by 1 order by 1`.execute(db);
    return rows.map(
      ({ month, rows, bytes }): MonthOfData => ({
        ...{ month, tier: "hot", rows: Number(rows), bytes: Number(bytes) },
      }),
    );
  },
  // Only what is of these months: one between them may be held. The files first: a row without one is removed again.
  remove: async ({ db, removeRawFiles }, workspace, months) => {
    const of = sql`
      workspace_id = ${workspace} and kept_at < ${endOf(months)}
      and to_char(kept_at at time zone 'UTC', 'YYYY-MM') = any(${[...months]}::text[])`;
    const { rows } = await sql<{ path: string }>`select path from raw_file where ${of}`.execute(db);
    if (removeRawFiles === undefined) throw new Error("there is no folder of kept files");
    await removeRawFiles(rows.map(({ path }) => path));
    await sql`delete from raw_file where ${of}`.execute(db);
  },
};
