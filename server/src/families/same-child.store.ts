import { findChildren, type MirroredChild } from "../people/child.store.ts";
import { bringBack, setAside } from "../people/child-change.store.ts";
import { uniteChildren } from "../people/children.ts";
import { findHouseholds } from "../people/household.store.ts";
import type { Tx } from "../platform/postgres.ts";

/** Of a child that two carers of a family had stated: the other's row stands for it. It comes back when they part. */
const sameFamily = "same-family";

/**
 * After these persons' families changed: a child stated to several carers of one family is one row, and whatever was
 * set aside for a family that is no more comes back. Answers the rows as the mirror wants them.
 */
export async function settleChildren(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  at: Date,
): Promise<MirroredChild[]> {
  const rows = new Map<number, MirroredChild>();
  const note = (changed: readonly MirroredChild[]): void => {
    for (const row of changed) rows.set(row.id, row);
  };
  note(await bringBack(tx, workspace, persons, sameFamily));
  const families = new Map(
    [...(await findHouseholds(tx, workspace, persons)).values()].map((one) => [one.family, one]),
  );
  for (const { persons: members } of families.values()) {
    if (members.length === 1) continue;
    const children = await findChildren(tx, workspace, members);
    const kept = new Set(uniteChildren(children));
    const repeated = children.filter((child) => !kept.has(child)).map(({ id }) => id);
    if (repeated.length > 0) note(await setAside(tx, repeated, sameFamily, at));
  }
  return [...rows.values()];
}
