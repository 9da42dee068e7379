import type { SupplierStatement } from "@stork/contract/quality.ts";
import { sql } from "kysely";
import { ch, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { findAlerts } from "./alerts.store.ts";
import { findBounds } from "./bounds.store.ts";
import type { QualityDeps } from "./parts.ts";
import { findSums } from "./profile.store.ts";
import { scoreSource } from "./score-source.ts";
import type { SupplierFacts } from "./supplier.ts";
import { countOf } from "./tally.ts";

const yearMs = 365 * 86_400_000;

export interface Stated {
  readonly statement: SupplierStatement;
  readonly by: string | null;
  readonly at: Date;
}

export async function findStatements(db: Db, workspace: number): Promise<Map<number, Stated>> {
  const { rows } = await sql<Stated & { source: number }>`
    select source_id as source, statement, stated_by as by, stated_at as at from quality_supplier
    where workspace_id = ${workspace}`.execute(db);
  return new Map(rows.map(({ source, ...stated }) => [source, stated]));
}

export async function saveStatement(
  db: Db,
  workspace: number,
  source: number,
  statement: SupplierStatement,
  by: string,
  now: Date,
): Promise<void> {
  await sql`
    insert into quality_supplier (source_id, workspace_id, statement, stated_by, stated_at)
    values (${source}, ${workspace}, ${JSON.stringify(statement)}::jsonb, ${by}, ${now})
    on conflict (source_id) do update set statement = excluded.statement, stated_by = excluded.stated_by,
      stated_at = excluded.stated_at`.execute(db);
}

/** What a source brought in a year, and whom it tells of that others tell of too. */
export async function findSupplierFacts(
  { db, clickhouse, clock }: Pick<QualityDeps, "db" | "clickhouse" | "clock">,
  workspace: number,
  source: number,
): Promise<SupplierFacts> {
  const to = clock.now().getTime();
  const from = to - yearMs;
  const cells = (await findSums(clickhouse, workspace, { from, to: to + 1 })).filter(
    (cell) => cell.source === source,
  );
  const { models } = await findBounds(db, workspace);
  const alerts = await findAlerts(db, workspace, {
    source,
    within: { from: new Date(from), to: new Date(to) },
    limit: 5000,
  });
  const { dimensions } = scoreSource({ source, cells, models, alerts, from, to });
  const total = (key: string): number => cells.reduce((sum, { counts }) => sum + countOf(counts, key), 0);
  const records = total("events");
  const [met] = await clickhouse.query<{ mine: number; others: number; both: number }>(ch`
    select countIf(here) as mine, countIf(elsewhere) as others, countIf(here and elsewhere) as both
    from (
      select if(map.person = 0, facts.node, map.person) as who,
        max(source = ${u32(source)}) as here, max(source != ${u32(source)}) as elsewhere
      from (select distinct node, source from event where workspace = ${u32(workspace)}) as facts
      left join (select node, person from person_of final) as map on map.node = facts.node
      group by who)`);
  return {
    ...{ records, usable: records - total("excluded"), repeated: total("repeated"), dimensions },
    ...{ mine: Number(met?.mine ?? 0), others: Number(met?.others ?? 0), both: Number(met?.both ?? 0) },
  };
}
