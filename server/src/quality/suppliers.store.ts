import type { SupplierStatement } from "@stork/contract/suppliers.ts";
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

export async function withdrawStatement(db: Db, workspace: number, source: number): Promise<void> {
  await sql`delete from quality_supplier where workspace_id = ${workspace} and source_id = ${source}`.execute(
    db,
  );
}

type Parts = Pick<QualityDeps, "db" | "clickhouse" | "clock">;

/** What each of these sources brought in a year, and whom it tells of that others tell of too: asked once for all. */
export async function findSupplierFacts(
  { db, clickhouse, clock }: Parts,
  workspace: number,
  sources: readonly number[],
): Promise<Map<number, SupplierFacts>> {
  if (sources.length === 0) return new Map();
  const to = clock.now().getTime();
  const year = { from: to - yearMs, to };
  const [sums, { models }, met] = await Promise.all([
    findSums(clickhouse, workspace, { from: year.from, to: to + 1 }),
    findBounds(db, workspace),
    findMet(clickhouse, workspace),
  ]);
  const cellsOf = Map.groupBy(sums, (cell) => cell.source);
  const facts = new Map<number, SupplierFacts>();
  for (const source of sources) {
    const cells = cellsOf.get(source) ?? [];
    facts.set(source, {
      ...(await scored(db, workspace, source, { cells, models, ...year })),
      ...(met.of.get(source) ?? { mine: 0, others: met.persons, both: 0 }),
    });
  }
  return facts;
}

async function scored(
  db: Db,
  workspace: number,
  source: number,
  {
    cells,
    models,
    from,
    to,
  }: {
    cells: Awaited<ReturnType<typeof findSums>>;
    models: Awaited<ReturnType<typeof findBounds>>["models"];
    from: number;
    to: number;
  },
): Promise<Pick<SupplierFacts, "records" | "usable" | "repeated" | "dimensions">> {
  const alerts = await findAlerts(db, workspace, {
    source,
    within: { from: new Date(from), to: new Date(to) },
    limit: 5000,
  });
  const { dimensions } = scoreSource({ source, cells, models, alerts, from, to });
  const total = (key: string): number => cells.reduce((sum, { counts }) => sum + countOf(counts, key), 0);
  const records = total("events");
  return { records, usable: records - total("excluded"), repeated: total("repeated"), dimensions };
}

/** Of how many persons each source tells, of how many others do, and of how many both. */
async function findMet(
  clickhouse: Parts["clickhouse"],
  workspace: number,
): Promise<{ persons: number; of: Map<number, Pick<SupplierFacts, "mine" | "others" | "both">> }> {
  const rows = await clickhouse.query<{ source: number; mine: number; both: number; persons: number }>(ch`
    with met as (
      select if(map.person = 0, facts.node, map.person) as who, groupUniqArray(source) as sources
      from (select distinct node, source from event where workspace = ${u32(workspace)}) as facts
      left join (select node, person from person_of final) as map on map.node = facts.node
      group by who)
    select source, count() as mine, countIf(length(sources) > 1) as both, any((select count() from met)) as persons
    from met array join sources as source group by source`);
  const of = rows.map(({ source, mine, both, persons }) => {
    // Told of by others: everybody but those of whom this one alone tells.
    const others = Number(persons) - (Number(mine) - Number(both));
    return [Number(source), { mine: Number(mine), others, both: Number(both) }] as const;
  });
  return { persons: Number(rows[0]?.persons ?? 0), of: new Map(of) };
}
