import type { Tx } from "../platform/postgres.ts";
import type { MirroredChild } from "./child.store.ts";
import type { KeptWord } from "./consent.store.ts";

/** What later rooms put right about these persons' children in the transaction that changed something of them. */
export type Settle = (
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  at: Date,
) => Promise<readonly MirroredChild[]>;

/** Told, in the transaction that keeps them, of new words that systems passed on. */
export type ObeyWords = (tx: Tx, workspace: number, words: readonly HeardWord[], at: Date) => Promise<void>;
export type HeardWord = Omit<KeptWord, "node"> & { readonly person: number };

export async function settleAll(
  settling: readonly Settle[],
  ...[tx, workspace, persons, at]: Parameters<Settle>
): Promise<MirroredChild[]> {
  const rows: MirroredChild[] = [];
  for (const settle of settling) rows.push(...(await settle(tx, workspace, persons, at)));
  return rows;
}
