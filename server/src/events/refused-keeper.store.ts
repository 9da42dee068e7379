import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import type { KeepRefused } from "./intake.ts";
import { quarantine } from "./quarantine.store.ts";

/** Puts what live sources sent and was refused into the quarantine. */
export const refusedKeeper =
  ({ db, vault }: { db: Db; vault: Vault }): KeepRefused =>
  async ({ workspace, source }, kind, items, at) =>
    quarantine(
      { db, vault },
      items.map(({ code, item }) => ({ workspace, source, kind, code, item: shortened(item), at })),
    );

const longest = 64 * 1024;

/** What is far too large is shown by its beginning: it could not be taken whole anyway. */
function shortened(item: unknown): unknown {
  let text: string | undefined;
  try {
    text = JSON.stringify(item);
  } catch {
    return "…";
  }
  return text === undefined || text.length <= longest ? (item ?? null) : text.slice(0, 2_000).toWellFormed();
}
