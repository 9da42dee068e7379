import type { MonthOfData } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import { endOf, type KindOfStorage } from "../stored-kind.ts";

export const quarantine: KindOfStorage = {
  label: { zh: "隔离区里已了结的项", en: "Quarantined items that are over with" },
  what: {
    zh: "已重放或放弃的项的记录（内容在了结时已清空）。未了结的项从不删除。",
    en: "The record of items replayed or given up (what they held went when they ended). Open items are never deleted.",
  },
  tiers: ["hot"],
  policy: { warmAfterDays: null, coldAfterDays: null, deleteAfterDays: 730 },
  facts: null,
  measure: async ({ db }, workspace) => {
    const { rows } = await sql<{ month: string; rows: number; bytes: number }>`
      select to_char(at at time zone 'UTC', 'YYYY-MM') as month, count(*) as rows,
        coalesce(sum(pg_column_size(quarantine.*)), 0) as bytes
      from quarantine where workspace_id = ${workspace} group by 1 order by 1`.execute(db);
    return rows.map(
      ({ month, rows, bytes }): MonthOfData => ({
        ...{ month, tier: "hot", rows: Number(rows), bytes: Number(bytes) },
      }),
    );
  },
  // Only what is of these months: one between them may be held.
  remove: async ({ db }, workspace, months) => {
    await sql`
      delete from quarantine
      where workspace_id = ${workspace} and state <> 'open' and ended_at < ${endOf(months)}
        and to_char(at at time zone 'UTC', 'YYYY-MM') = any(${[...months]}::text[])`.execute(db);
  },
};
