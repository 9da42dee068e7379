import { type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import type { HeardWord, ObeyWords } from "../people/settle.ts";
import type { Tx } from "../platform/postgres.ts";
import { findCared } from "./cared.store.ts";
import { findStandings, type Standing } from "./consent.store.ts";
import { stateFor } from "./legal.ts";
import { nodesOf } from "./meant.store.ts";
import { type Stoppers, stopsAll } from "./stoppers.ts";

type Standings = ReadonlyMap<number, Standing>;

/**
 * A no that a system tells of is obeyed as hers is: what is under way stops, what is kept by a consent alone goes. Where
 * a later yes of hers stands, an old no that is told late ends nothing.
 */
export const obeyWords =
  (stoppers: Pick<Stoppers, "inside" | "ended">): ObeyWords =>
  async (tx, workspace, words, at) => {
    const noes = words.filter(({ state, channel }) => state === "withdrawn" && channel === null);
    if (noes.length === 0) return;
    const persons = [...new Set(noes.map(({ person }) => person))];
    const standings = await findStandings(tx, workspace, persons);
    await stopAll(tx, workspace, { noes, standings, at }, stoppers);
    for (const [purpose, theirs] of Map.groupBy(noes, (word) => word.purpose))
      if (purposeFacts[purpose].perChild)
        await endKept(tx, workspace, { purpose, theirs, standings }, stoppers);
  };

async function stopAll(
  tx: Tx,
  workspace: number,
  { noes, standings, at }: { noes: readonly HeardWord[]; standings: Standings; at: Date },
  { inside }: Pick<Stoppers, "inside">,
): Promise<void> {
  const stands = ({ person, purpose }: HeardWord): boolean =>
    stopsAll.has(purpose) && stateFor(standings.get(person)?.consents ?? [], purpose) === "withdrawn";
  const persons = [...new Set(noes.filter(stands).map(({ person }) => person))];
  if (persons.length === 0) return;
  const whom = { workspace, persons, nodes: await nodesOf(tx, workspace, persons) };
  for (const stop of inside) await stop(tx, whom, "withdrawn", at);
}

async function endKept(
  tx: Tx,
  workspace: number,
  { purpose, theirs, standings }: { purpose: Purpose; theirs: readonly HeardWord[]; standings: Standings },
  { ended }: Pick<Stoppers, "ended">,
): Promise<void> {
  const persons = [...new Set(theirs.map(({ person }) => person))];
  const refuses = (person: number, child: number): boolean =>
    stateFor(standings.get(person)?.consents ?? [], purpose, { child: String(child) }) === "withdrawn";
  const cared = await findCared(tx, workspace, persons);
  const children = cared.children.filter((child) =>
    persons.some((person) => cared.carersOf(child).includes(person) && refuses(person, child.id)),
  );
  for (const end of ended)
    await end(
      tx,
      purpose,
      children.map(({ id }) => id),
    );
}
