import { sql } from "kysely";
import { type ClickHouse, ch, list } from "../../platform/clickhouse.ts";
import type { ErasedSubject, Eraser } from "../../platform/eraser.ts";
import type { Db } from "../../platform/postgres.ts";

/** Alerts show a few events as examples, by the hashes of their messages. Goes before the facts, which say whose they are. */
export function alertsEraser({ db, clickhouse }: { db: Db; clickhouse: ClickHouse }): Eraser {
  const hers = async ({ workspace, nodes }: ErasedSubject): Promise<string[]> => {
    if (nodes.length === 0) return [];
    const { rows } = await sql<{ message: string }>`
      select distinct jsonb_array_elements_text(examples) as message from quality_alert_part
      where workspace_id = ${workspace} and jsonb_array_length(examples) > 0`.execute(db);
    if (rows.length === 0) return [];
    const found = await clickhouse.query<{ message: string }>(ch`
      select distinct toString(message) as message from event
      where node in ${list("UInt64", nodes)} and message in ${list(
        "UInt64",
        rows.map(({ message }) => message),
      )}`);
    return found.map(({ message }) => message);
  };
  return {
    place: "postgres: quality_alert_part (examples)",
    words: { zh: "质量告警里的例子", en: "Examples in alerts" },
    erase: async (subjects) => {
      const counts: number[] = [];
      for (const subject of subjects) {
        const messages = await hers(subject);
        if (messages.length > 0)
          await sql`
            update quality_alert_part set examples = examples - ${messages}::text[]
            where workspace_id = ${subject.workspace} and examples ?| ${messages}::text[]`.execute(db);
        counts.push(messages.length);
      }
      return counts;
    },
    search: async (subject) => (await hers(subject)).length,
  };
}
