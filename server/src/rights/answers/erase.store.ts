import { sql } from "kysely";
import { findHousehold } from "../../people/household.store.ts";
import { hushChildren } from "../../people/hush.store.ts";
import type { Answer } from "../answer.ts";
import { eraseTask } from "../erase.job.ts";
import { besideOf, findChildRows } from "../subject.store.ts";

/** Everything of her, or of one child, goes; in the background, together with others who asked. */
export const erase: Answer = {
  words: { zh: "删除", en: "Delete" },
  handsOver: false,
  carryOut: async ({ db, vault, clock, jobs }, { id, workspace, person, child }) => {
    const at = clock.now();
    await vault.ready(workspace);
    if (child !== null)
      // Systems that still hold the child would state it again: they are not believed any more.
      await db.transaction().execute(async (tx) => {
        const children = await findChildRows(tx, workspace, person, child);
        const beside = await besideOf({ db: tx, vault }, workspace, person, children);
        await sql`
          update rights_request set sealed_beside = ${vault.seal(workspace, JSON.stringify(beside))}
          where id = ${id} and workspace_id = ${workspace}`.execute(tx);
        const { persons } = await findHousehold(tx, workspace, person);
        const { rows: nodes } = await sql<{ id: number }>`
          select id from node where workspace_id = ${workspace} and person = any(${[...persons]}::bigint[])`.execute(
          tx,
        );
        await hushChildren(tx, vault, workspace, {
          children,
          nodes: nodes.map(({ id }) => id),
          any: false,
          at,
        });
      });
    await jobs.add(db, eraseTask, {}, { queue: "rights", runAt: at });
    return { state: "working", detail: { oneChild: child !== null } };
  },
};
