import type { Purpose } from "@stork/contract/privacy.ts";
import type { ObeyWords } from "../people/settle.ts";
import { findCared } from "./cared.store.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";
import type { Stoppers } from "./stoppers.ts";

/**
 * What is kept by a consent alone goes when a system tells of a no, as it does when she says it here. Where a later yes
 * of hers stands, an old no that is told late ends nothing.
 */
export const obeyWords =
  ({ ended }: Pick<Stoppers, "ended">): ObeyWords =>
  async (tx, workspace, words) => {
    const refused = Map.groupBy(
      words.filter(({ state }) => state === "withdrawn"),
      ({ purpose }) => purpose,
    );
    for (const [purpose, theirs] of refused) {
      const persons = [...new Set(theirs.map(({ person }) => person))];
      const standings = await findStandings(tx, workspace, persons);
      const refuses = (person: number, child: number): boolean =>
        stateFor(standings.get(person)?.consents ?? [], purpose as Purpose, { child: String(child) }) ===
        "withdrawn";
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
  };
