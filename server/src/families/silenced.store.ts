import type { StoredChild } from "../people/child.store.ts";
import type { Db } from "../platform/postgres.ts";
import { silencesOf } from "../privacy/silence.store.ts";

/** Those of the children about whom nothing is said: silenced by themselves, or with all that were known by then. */
export async function silencedAmong(
  db: Db,
  workspace: number,
  children: readonly Pick<StoredChild, "id" | "person" | "knownAt">[],
): Promise<Set<number>> {
  const silences = await silencesOf(db, workspace, [...new Set(children.map(({ person }) => person))]);
  return new Set(
    children
      .filter(({ id, person, knownAt }) =>
        (silences.get(person) ?? []).some(
          ({ child, since }) => child === id || (child === null && knownAt <= since),
        ),
      )
      .map(({ id }) => id),
  );
}
