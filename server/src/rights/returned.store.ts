import { sql } from "kysely";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { askToErase, type ErasingParts } from "./erase.job.ts";
import { findReturned } from "./ledger.client.ts";
import { openRequest, takeStep } from "./requests.store.ts";

/**
 * A restored backup from before knows persons again who were forgotten since: they are forgotten once more, by the ledger
 * beside the database. Run at start; nothing happens when nobody came back.
 */
export async function eraseReturned(parts: ErasingParts): Promise<number> {
  const { db, vault, clock, dataDir } = parts;
  const returned = await findReturned(db, dataDir);
  const at = clock.now();
  for (const { workspace, person } of returned) {
    const found = await findWorkspace(db, workspace);
    if (found === null) continue;
    const { id } = await openRequest(
      { db, vault },
      {
        ...{ workspace, timeZone: found.timeZone, person, kind: "delete", by: "api", who: "stork", at },
        verified: "document",
      },
    );
    const from = ["open", "verified"] as const;
    const proof = { at, who: "stork", step: "returned", detail: {} };
    await takeStep(db, { workspace, id, from }, { state: "working" }, proof);
  }
  // Also those that a stop left between their step and their job.
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from rights_request where state in ('working', 'held')) as waits`.execute(db);
  if (rows[0]?.waits === true) await askToErase(parts, at);
  return returned.length;
}
