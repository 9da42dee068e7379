import type { Vault } from "../people/vault.store.ts";
import type { Caller } from "../platform/caller.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { endQuarantined, keepChanged, type QuarantineRow, withTheirRecords } from "./quarantine.store.ts";
import type { Held, QuarantinedKind, QuarantinedKinds } from "./quarantine.ts";

export interface QuarantineParts {
  db: Db;
  vault: Vault;
  clock: Clock;
  /** Each way in adds what it knows of its own items. */
  kinds: QuarantinedKinds;
}

export const opened = (vault: Vault, workspace: number, row: QuarantineRow): Held => ({
  ...row,
  item: row.sealed === null ? null : (JSON.parse(vault.open(workspace, row.sealed)) as unknown),
});

/** Whether something can be done with it: it is open, and what it held is there. */
export const isReplayable = (row: QuarantineRow): boolean => row.state === "open" && row.sealed !== null;

/**
 * Puts items through the path they would take if they came now, with other values where `changesOf` gives some; the
 * other rows of their records go with them. What is taken leaves the quarantine; the rest stays, changed, with the reason found now.
 */
export async function replayItems(
  { db, vault, clock, kinds }: QuarantineParts,
  { workspace, caller }: { workspace: WorkspaceRef; caller: Caller },
  asked: readonly QuarantineRow[],
  changesOf: (row: QuarantineRow) => Readonly<Record<string, string>>,
): Promise<{ taken: number; refused: number }> {
  await vault.ready(workspace.id);
  const rows = (await withTheirRecords(db, workspace.id, asked)).filter(isReplayable);
  let taken = 0;
  for (const [name, kind] of Object.entries(kinds) as [QuarantineRow["kind"], QuarantinedKind][]) {
    const held: Held[] = [];
    for (const row of rows.filter((one) => one.kind === name)) {
      const as = opened(vault, workspace.id, row);
      const changes = changesOf(row);
      held.push(Object.keys(changes).length === 0 ? as : { ...as, item: await kind.change(as, changes) });
    }
    if (held.length === 0) continue;
    const outcomes = await kind.replay(workspace, held, caller);
    const done = held.filter((_, i) => outcomes[i] === "taken");
    taken += await endQuarantined(
      db,
      workspace.id,
      done.map(({ id }) => id),
      { state: "replayed", by: caller.who, at: clock.now(), note: null },
    );
    for (const [i, one] of held.entries()) {
      const outcome = outcomes[i];
      if (typeof outcome === "object")
        await keepChanged({ db, vault }, workspace.id, { ...one, code: outcome.refused });
    }
  }
  return { taken, refused: rows.length - taken };
}
