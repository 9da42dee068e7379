import { type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { lockChildren, type MirroredChild, mirroredColumns } from "../people/child.store.ts";
import type { Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { type ConsentSaid, stateConsent } from "./consent.store.ts";
import { findMeant, type Meant } from "./meant.store.ts";
import type { Quiet, QuietParts } from "./quiet.store.ts";
import { chainReceipts } from "./receipts.store.ts";
import { neverAsked, notPerChild, unknownChild } from "./refusals.ts";

type Parts = QuietParts & { readonly quiet: Quiet };

/**
 * A word on consent, obeyed everywhere when this answers: it is kept at all of the person's nodes with its receipt;
 * what was under way is held back; a child it takes out of use stands for no stage any more.
 */
export async function sayConsent(
  { db, clock, quiet, stoppers }: Parts,
  workspace: number,
  person: number,
  said: ConsentSaid,
): Promise<void> {
  check(said);
  const at = clock.now();
  const { rows, meant } = await db.transaction().execute(async (tx) => {
    if (said.purpose === "child") await lockChildren(tx, workspace);
    const meant = await findMeant(tx, workspace, person, said.child ?? null);
    if (meant === null) throw new Refusal(unknownChild);
    await stateConsent(tx, workspace, person, said);
    const no = said.state === "withdrawn" && said.channel === undefined;
    const whom = { workspace, persons: [person], nodes: await nodesOf(tx, workspace, person) };
    if (no && stopsAll.has(said.purpose))
      for (const stop of stoppers.inside) await stop(tx, whom, "withdrawn", at);
    if (no)
      for (const end of stoppers.ended)
        await end(
          tx,
          said.purpose,
          meant.children.map(({ id }) => id),
        );
    return { meant, rows: said.purpose === "child" ? await switchChildren(tx, meant, said) : [] };
  });
  await quiet.mirror(rows);
  if (rows.length > 0)
    for (const stop of stoppers.after)
      await stop({ workspace, persons: meant.persons, nodes: meant.nodes }, "withdrawn", at);
  await chainReceipts(db, workspace);
}

/** With a no to these, nothing that waits may go. */
const stopsAll: ReadonlySet<Purpose> = new Set(["marketing", "personalisation", "sharing"]);

function check({ purpose, channel, child }: ConsentSaid): void {
  const { basis, perChild, name } = purposeFacts[purpose];
  if (basis === "contract") throw new Refusal(neverAsked, { purpose: `${name.zh} ${name.en}` });
  if ((child !== undefined && !perChild) || (channel !== undefined && purpose !== "marketing"))
    throw new Refusal(notPerChild, { purpose });
}

/** A guardian's no takes the child's date out of use; a yes brings it back, unless signs keep it silent. */
async function switchChildren(
  tx: Tx,
  { children }: Meant,
  { state, at }: ConsentSaid,
): Promise<MirroredChild[]> {
  const { rows } = await sql<MirroredChild>`
    update child set withheld_at = ${state === "withdrawn" ? at : null}, version = version + 1
    where id = any(${children.map(({ id }) => id)}::bigint[]) and removed_at is null
      and (withheld_at is null) = ${state === "withdrawn"}
      and not exists (
        select from silence_child join silence on silence.id = silence_child.silence_id
        where silence_child.child = child.id and silence.ended_at is null)
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

async function nodesOf(tx: Tx, workspace: number, person: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from node where workspace_id = ${workspace} and person = ${person}`.execute(tx);
  return rows.map(({ id }) => id);
}
