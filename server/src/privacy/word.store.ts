import { purposeFacts } from "@stork/contract/privacy.ts";
import { lockChildren } from "../people/child.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { type ConsentSaid, stateConsent } from "./consent.store.ts";
import { findMeant, nodesOf } from "./meant.store.ts";
import type { Quiet, QuietParts } from "./quiet.store.ts";
import { chainReceipts } from "./receipts.store.ts";
import { neverAsked, notPerChild, unknownChild } from "./refusals.ts";
import { stopsAll } from "./stoppers.ts";
import { settleWithheld } from "./withheld.store.ts";

type Parts = QuietParts & { readonly quiet: Quiet };

/**
 * A word on consent, obeyed everywhere when this answers: it is kept at all of the person's nodes with its receipt;
 * what was under way is held back; a child it takes out of use stands for no stage any more.
 */
export async function sayConsent(
  { db, clock, vault, quiet, stoppers }: Parts,
  workspace: number,
  person: number,
  said: ConsentSaid,
): Promise<void> {
  check(said);
  await vault.ready(workspace);
  const at = clock.now();
  const { rows, meant } = await db.transaction().execute(async (tx) => {
    if (said.purpose === "child") await lockChildren(tx, workspace);
    const meant = await findMeant(tx, workspace, person, said.child ?? null);
    if (meant === null) throw new Refusal(unknownChild);
    await stateConsent(tx, workspace, person, said);
    const no = said.state === "withdrawn" && said.channel === undefined;
    const whom = { workspace, persons: [person], nodes: await nodesOf(tx, workspace, [person]) };
    if (no && stopsAll.has(said.purpose))
      for (const stop of stoppers.inside) await stop(tx, whom, "withdrawn", at);
    if (no)
      for (const end of stoppers.ended)
        await end(
          tx,
          said.purpose,
          meant.children.map(({ id }) => id),
        );
    const settles = said.purpose === "child";
    return { meant, rows: settles ? await settleWithheld(tx, vault, workspace, meant.persons, at) : [] };
  });
  await quiet.mirror(rows);
  // What was guessed of her children goes too, though no row of a child changes.
  if (said.purpose === "child")
    for (const stop of stoppers.after)
      await stop({ workspace, persons: meant.persons, nodes: meant.nodes }, "withdrawn", at);
  await chainReceipts(db, workspace);
}

function check({ purpose, channel, child }: ConsentSaid): void {
  const { basis, perChild, name } = purposeFacts[purpose];
  if (basis === "contract") throw new Refusal(neverAsked, { purpose: `${name.zh} ${name.en}` });
  if ((child !== undefined && !perChild) || (channel !== undefined && purpose !== "marketing"))
    throw new Refusal(notPerChild, { purpose });
}
