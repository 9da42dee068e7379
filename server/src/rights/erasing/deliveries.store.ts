import { sql } from "kysely";
import type { ErasedSubject, Eraser } from "../../platform/eraser.ts";
import type { Db } from "../../platform/postgres.ts";

/** Bodies told, or still to be told, to webhooks name persons and nodes by number, within JSON. */
export function deliveriesEraser(db: Db): Eraser {
  const hers = ({ workspace, nodes }: ErasedSubject) => sql`
    webhook_id in (select id from webhook where workspace_id = ${workspace})
      and (body -> 'data' ->> 'person' = any(${nodes.map(String)}::text[])
        or body -> 'data' ->> 'node' = any(${nodes.map(String)}::text[]))`;
  return {
    place: "postgres: webhook_delivery (bodies)",
    words: { zh: "Webhook 的推送内容", en: "Bodies told to webhooks" },
    erase: async (subjects) => {
      const counts: number[] = [];
      for (const subject of subjects) {
        const { numAffectedRows } = await sql`delete from webhook_delivery where ${hers(subject)}`.execute(
          db,
        );
        counts.push(Number(numAffectedRows ?? 0));
      }
      return counts;
    },
    search: async (subject) => {
      const { rows } = await sql<{ found: number }>`
        select count(*)::int as found from webhook_delivery where ${hers(subject)}`.execute(db);
      return rows[0]?.found ?? 0;
    },
  };
}
