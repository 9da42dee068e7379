import { AgeModelCard } from "@stork/contract/ages.ts";
import type { AgeModel } from "@stork/models/ages/model.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

/** A model of ages is kept with its card; the newest version counts, and a few older ones stay to compare with. */
const kept = 5;

export interface KeptModel {
  readonly version: number;
  readonly model: AgeModel;
}

export async function newestModel(db: Db, workspace: number): Promise<KeptModel | null> {
  const { rows } = await sql<KeptModel>`
    select version, model from age_model where workspace_id = ${workspace} order by version desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** 0 while none was learned. */
export async function newestVersion(db: Db, workspace: number): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) as version from age_model where workspace_id = ${workspace}`.execute(db);
  return rows[0]?.version ?? 0;
}

export async function keepModel(
  db: Db,
  workspace: number,
  model: AgeModel,
  card: Omit<AgeModelCard, "version" | "guessed">,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into age_model (workspace_id, version, made_at, model, card)
    select ${workspace}, coalesce(max(version), 0) + 1, ${card.madeAt}, ${JSON.stringify(model)}::jsonb,
      ${JSON.stringify(card)}::jsonb
    from age_model where workspace_id = ${workspace} returning version`.execute(db);
  const version = rows[0]?.version ?? 1;
  await sql`delete from age_model where workspace_id = ${workspace} and version <= ${version - kept}`.execute(
    db,
  );
  return version;
}

export async function newestCard(db: Db, workspace: number): Promise<AgeModelCard | null> {
  const { rows } = await sql<{ version: number; card: object }>`
    select version, card from age_model where workspace_id = ${workspace} order by version desc limit 1`.execute(
    db,
  );
  const [found] = rows;
  if (found === undefined) return null;
  const { rows: counted } = await sql<{ n: number }>`
    select count(distinct node)::int as n from inferred_child where workspace_id = ${workspace} and not removed`.execute(
    db,
  );
  return AgeModelCard.parse({ ...found.card, version: found.version, guessed: counted[0]?.n ?? 0 });
}
