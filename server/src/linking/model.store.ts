import type { LinkModel } from "@stork/models/linking/model.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface KeptModel {
  version: number;
  builtIn: boolean;
  persons: number;
  pairs: number;
  model: LinkModel;
  learnedAt: Date;
}

export async function findModel(db: Db, workspace: number): Promise<KeptModel | null> {
  const { rows } = await sql<KeptModel>`
    select version, built_in as "builtIn", persons, pairs, model, learned_at as "learnedAt"
    from link_model where workspace_id = ${workspace} order by version desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Keeps it under the next version; earlier ones stay, for what was decided by them. */
export async function keepModel(
  db: Db,
  workspace: number,
  { builtIn, persons, pairs, model, learnedAt }: Omit<KeptModel, "version">,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into link_model (workspace_id, version, built_in, persons, pairs, model, learned_at)
    select ${workspace}, coalesce(max(version), 0) + 1, ${builtIn}, ${persons}, ${pairs},
      ${JSON.stringify(model)}::jsonb, ${learnedAt}
    from link_model where workspace_id = ${workspace}
    returning version`.execute(db);
  return rows[0]?.version as number;
}
