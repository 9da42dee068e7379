import type { SilenceSign, SilenceWhy } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { lockChildren, type MirroredChild, mirrorChildren } from "../people/child.store.ts";
import { hushChildren } from "../people/hush.store.ts";
import { owedRows } from "../people/owed.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { findMeant, type Meant } from "./meant.store.ts";
import { unknownChild } from "./refusals.ts";
import { endSilence, type SilenceEnd } from "./silences.store.ts";
import type { Stoppers, Whom } from "./stoppers.ts";
import { noteStopped } from "./stops.store.ts";
import { settleWithheld } from "./withheld.store.ts";

export interface QuietParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly stoppers: Stoppers;
}

export interface QuietAsked {
  readonly person: number;
  /** null: every child known now. */
  readonly child: number | null;
  readonly why: SilenceWhy;
  readonly by: string;
  readonly sign?: SilenceSign | undefined;
}

export interface Quiet {
  /** Committed and in force everywhere when it answers; asked again, it changes nothing. Answers the silence's number. */
  keep(workspace: number, asked: QuietAsked): Promise<number>;
  /** Nobody is silent any more because of this one; who else says so still is. */
  end(workspace: number, silence: number, end: SilenceEnd): Promise<void>;
  /** Puts withheld children back where they were, or away. */
  mirror(rows: readonly MirroredChild[]): Promise<void>;
}

/** Silence after a loss: one word, and from then on nothing about the child is sent, told, shown or guessed. */
export function createQuiet(parts: QuietParts): Quiet {
  const { db, clickhouse, vault, clock, stoppers } = parts;
  const copies = owedRows<MirroredChild>(
    ({ id }) => id,
    (rows) => mirrorChildren(clickhouse, rows),
  );

  async function keep(workspace: number, asked: QuietAsked): Promise<number> {
    await vault.ready(workspace);
    const at = clock.now();
    const { id, whom, rows } = await db.transaction().execute(async (tx) => {
      await lockChildren(tx, workspace);
      const meant = await findMeant(tx, workspace, asked.person, asked.child);
      if (meant === null) throw new Refusal(unknownChild);
      const whom: Whom = { workspace, persons: meant.persons, nodes: meant.nodes };
      const standing = await findSame(tx, workspace, asked, meant);
      const id = standing ?? (await insertSilence(tx, workspace, asked, meant, at));
      const rows =
        asked.why === "signs"
          ? await settleWithheld(tx, vault, workspace, meant.persons, at)
          : await hushChildren(tx, vault, workspace, {
              children: meant.children,
              nodes: meant.nodes,
              any: asked.child === null,
              at,
            });
      const dates = { kind: "child-date", ref: "", name: "", times: rows.length } as const;
      await noteStopped(tx, id, rows.length === 0 ? [] : [dates], at);
      for (const stop of stoppers.inside) await noteStopped(tx, id, await stop(tx, whom, "silence", at), at);
      return { id, whom, rows };
    });
    await copies.write(rows);
    for (const stop of stoppers.after) await noteStopped(db, id, await stop(whom, "silence", at), at);
    return id;
  }

  async function end(workspace: number, silence: number, how: SilenceEnd): Promise<void> {
    await vault.ready(workspace);
    const rows = await db.transaction().execute(async (tx) => {
      await lockChildren(tx, workspace);
      const persons = await endSilence(tx, workspace, silence, how);
      return settleWithheld(tx, vault, workspace, persons, how.at);
    });
    await copies.write(rows);
  }

  return { keep, end, mirror: (rows) => copies.write(rows) };
}

/** A silence that stands and says the same; signs say nothing more where somebody has spoken. */
async function findSame(
  tx: Tx,
  workspace: number,
  { child, why }: QuietAsked,
  { nodes, silenced }: Meant,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select silence.id from silence join silence_node on silence_node.silence_id = silence.id
    where silence.workspace_id = ${workspace} and silence.ended_at is null
      and silence_node.node = any(${[...nodes]}::bigint[])
      and (silence.why <> 'signs' or ${why} = 'signs')
      and (silence.id = any(${[...silenced]}::bigint[]) or ${child}::bigint is null and silence.child is null)
    order by silence.id limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

async function insertSilence(
  tx: Tx,
  workspace: number,
  { child, why, by, sign }: QuietAsked,
  { nodes, children }: Meant,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into silence (workspace_id, child, since, why, said_by, sign)
    values (${workspace}, ${child}, ${at}, ${why}, ${by}, ${sign === undefined ? null : JSON.stringify(sign)}::jsonb)
    returning id`.execute(tx);
  const id = rows[0]?.id as number;
  await sql`
    insert into silence_node (silence_id, node) select ${id}, node from unnest(${[...nodes]}::bigint[]) as of (node)`.execute(
    tx,
  );
  await sql`
    insert into silence_child (silence_id, child)
    select ${id}, child from unnest(${children.map((one) => one.id)}::bigint[]) as of (child)`.execute(tx);
  return id;
}
