import type { LegalHold, NewLegalHold, Policy, StoredKind, TierPrices } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import type { z } from "zod";
import type { Db } from "../platform/postgres.ts";
import type { HeldDays } from "./plan.ts";
import { usualPrices } from "./sizes.ts";
import { kindOf } from "./stored-kinds.store.ts";

export interface By {
  who: string;
  at: Date;
}

/** What the workspace said of each kind; kinds it said nothing of are not in the map. */
export async function findPolicies(db: Db, workspace: number): Promise<Map<StoredKind, Policy>> {
  const { rows } = await sql<Policy & { kind: StoredKind }>`
    select kind, warm_after_days as "warmAfterDays", cold_after_days as "coldAfterDays",
      delete_after_days as "deleteAfterDays"
    from storage_policy where workspace_id = ${workspace}`.execute(db);
  return new Map(rows.map(({ kind, ...policy }) => [kind, policy]));
}

/** After how many days a kind of data is deleted here; null: never. */
export async function deletesAfterDays(db: Db, workspace: number, kind: StoredKind): Promise<number | null> {
  return ((await findPolicies(db, workspace)).get(kind) ?? kindOf(kind).policy).deleteAfterDays;
}

export async function setPolicy(
  db: Db,
  workspace: number,
  kind: StoredKind,
  policy: Policy,
  { who, at }: By,
): Promise<void> {
  await sql`
    insert into storage_policy (workspace_id, kind, warm_after_days, cold_after_days, delete_after_days, changed_by, changed_at)
    values (${workspace}, ${kind}, ${policy.warmAfterDays}, ${policy.coldAfterDays}, ${policy.deleteAfterDays}, ${who}, ${at})
    on conflict (workspace_id, kind) do update set warm_after_days = excluded.warm_after_days,
      cold_after_days = excluded.cold_after_days, delete_after_days = excluded.delete_after_days,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(db);
}

export async function findPrices(db: Db, workspace: number): Promise<TierPrices> {
  const { rows } = await sql<TierPrices>`
    select hot, warm, cold from storage_prices where workspace_id = ${workspace}`.execute(db);
  return rows[0] ?? usualPrices;
}

export async function setPrices(db: Db, workspace: number, { hot, warm, cold }: TierPrices): Promise<void> {
  await sql`
    insert into storage_prices (workspace_id, hot, warm, cold) values (${workspace}, ${hot}, ${warm}, ${cold})
    on conflict (workspace_id) do update set hot = excluded.hot, warm = excluded.warm, cold = excluded.cold`.execute(
    db,
  );
}

interface HoldRow {
  id: number;
  kind: StoredKind | null;
  from: string | null;
  to: string | null;
  reason: string;
  placedBy: string;
  placedAt: Date;
  releasedBy: string | null;
  releasedAt: Date | null;
}
const holdColumns = sql.raw(`id, kind, held_from as "from", held_to as "to", reason, placed_by as "placedBy",
  placed_at as "placedAt", released_by as "releasedBy", released_at as "releasedAt"`);

const shown = (row: HoldRow): LegalHold => ({
  ...row,
  id: String(row.id),
  placedAt: row.placedAt.toISOString(),
  releasedAt: row.releasedAt?.toISOString() ?? null,
});

/** Newest first: all that stand, whatever came after them, and the last released: that a hold stood is part of the record. */
export async function findHolds(db: Db, workspace: number): Promise<LegalHold[]> {
  const { rows } = await sql<HoldRow>`
    select ${holdColumns} from legal_hold
    where workspace_id = ${workspace} and (released_at is null
      or id in (select id from legal_hold where workspace_id = ${workspace} order by id desc limit 200))
    order by id desc`.execute(db);
  return rows.map(shown);
}

export async function placeHold(
  db: Db,
  workspace: number,
  { kind, from, to, reason }: z.output<typeof NewLegalHold>,
  { who, at }: By,
): Promise<LegalHold> {
  const { rows } = await sql<HoldRow>`
    insert into legal_hold (workspace_id, kind, held_from, held_to, reason, placed_by, placed_at)
    values (${workspace}, ${kind}, ${from}, ${to}, ${reason}, ${who}, ${at}) returning ${holdColumns}`.execute(
    db,
  );
  return shown(rows[0] as HoldRow);
}

/** null when there is no such hold that stands. */
export async function releaseHold(
  db: Db,
  workspace: number,
  id: number,
  { who, at }: By,
): Promise<LegalHold | null> {
  const { rows } = await sql<HoldRow>`
    update legal_hold set released_by = ${who}, released_at = ${at}
    where workspace_id = ${workspace} and id = ${id} and released_at is null returning ${holdColumns}`.execute(
    db,
  );
  return rows[0] === undefined ? null : shown(rows[0]);
}

/** What stands in the way of deleting a kind of data. */
export const heldDays = (holds: readonly LegalHold[], kind: StoredKind): HeldDays[] =>
  holds.filter((hold) => hold.releasedAt === null && (hold.kind === null || hold.kind === kind));
