import { randomUUID } from "node:crypto";
import type { CorrectChild, NewChild } from "@stork/contract/families.ts";
import { sql } from "kysely";
import {
  findChildren,
  findFamilyChildren,
  type MirroredChild,
  type StoredChild,
  upsertChildren,
} from "../people/child.store.ts";
import {
  type ChildCorrection,
  correctChild,
  removeChildren,
  restoreChildren,
} from "../people/child-change.store.ts";
import { type KeptChild, mergeChild } from "../people/children.ts";
import { findHousehold } from "../people/household.store.ts";
import { latestToday } from "../people/statements.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { usableMarks } from "./child-dates.ts";
import type { Change } from "./children-write.store.ts";
import { refusals } from "./refusals.ts";

interface Hand {
  readonly by: string;
  readonly at: Date;
}

/** A child that staff (or a program, or the mother on her page) state; answers its number. */
export function addChild(
  change: Change,
  vault: Vault,
  workspace: number,
  { holder, child }: { holder: number; child: NewChild },
  hand: Hand,
): Promise<number> {
  return change(workspace, async (tx) => {
    const { persons } = await findHousehold(tx, workspace, holder);
    const known = await findFamilyChildren(tx, workspace, persons);
    const said = saidChild(holder, child, hand);
    said.marks = usableMarks(said, latestToday(hand.at));
    const merge = mergeChild(known, said);
    const twinOf = merge.change === "add" ? undefined : known[merge.index];
    if (twinOf !== undefined && !child.twin) throw new Refusal(refusals.childKnown, { child: twinOf.id });
    const first = twinOf === undefined ? [] : await tellApart(tx, known, twinOf, hand);
    const order = twinOf === undefined ? null : Math.max(1, ...known.map((one) => one.birthOrder ?? 0)) + 1;
    const sealedName = child.name ? vault.seal(workspace, child.name) : null;
    const rows = await upsertChildren(tx, workspace, [{ ...said, birthOrder: order, sealedName }], hand.at);
    return { answer: rows[0]?.id as number, rows: [...first, ...rows], persons };
  });
}

/** The first of twins is told apart from the ones that follow. */
async function tellApart(
  tx: Tx,
  known: readonly StoredChild[],
  twin: StoredChild,
  { by, at }: Hand,
): Promise<MirroredChild[]> {
  if (twin.birthOrder !== null) return [];
  const birthOrder = Math.max(0, ...known.map((one) => one.birthOrder ?? 0)) + 1;
  return correctChild(tx, twin.id, { birthOrder, marks: twin.marks }, { by, at });
}

/** What staff put right; a system that repeats the old date does not undo it. */
export function putRight(
  change: Change,
  vault: Vault,
  workspace: number,
  { family, child, said }: { family: number; child: string; said: CorrectChild },
  hand: Hand,
): Promise<void> {
  return change(workspace, async (tx) => {
    const { stored, persons } = await childOf(tx, workspace, family, child);
    const dates = datesOf(said);
    const next = { ...stored, ...dates };
    const marks = usableMarks(next, latestToday(hand.at));
    const correction: ChildCorrection = {
      ...dates,
      ...(said.gender === undefined ? {} : { gender: said.gender }),
      ...(said.name === undefined
        ? {}
        : { sealedName: said.name === null ? null : vault.seal(workspace, said.name) }),
      marks,
    };
    return { answer: undefined, persons, rows: await correctChild(tx, stored.id, correction, hand) };
  });
}

export function takeAway(
  change: Change,
  workspace: number,
  { family, child, why }: { family: number; child: string; why: string },
  hand: Hand,
): Promise<void> {
  return change(workspace, async (tx) => {
    const { stored, persons } = await childOf(tx, workspace, family, child);
    return { answer: undefined, persons, rows: await removeChildren(tx, [stored.id], { ...hand, why }) };
  });
}

/** Brings back a child that was taken away by hand. */
export function giveBack(change: Change, workspace: number, family: number, child: string): Promise<void> {
  return change(workspace, async (tx) => {
    const { persons } = await findHousehold(tx, workspace, family);
    const { rows: theirs } = await sql<{ id: number }>`
      select child.id from child join node on node.id = child.node
      where child.workspace_id = ${workspace} and child.id = ${numberOf(child)} and child.removed_by is not null
        and node.person = any(${[...persons]}::bigint[])`.execute(tx);
    const rows = await restoreChildren(
      tx,
      theirs.map(({ id }) => id),
    );
    if (rows.length === 0) throw new Refusal(refusals.unknownChild);
    return { answer: undefined, persons, rows };
  });
}

/** A child that the family holds itself; one shared with it is put right where it lives. */
export async function childOf(
  tx: Tx,
  workspace: number,
  person: number,
  id: string,
): Promise<{ stored: StoredChild; persons: readonly number[] }> {
  const { persons } = await findHousehold(tx, workspace, person);
  const stored = (await findChildren(tx, workspace, persons)).find((child) => String(child.id) === id);
  if (stored === undefined) throw new Refusal(refusals.unknownChild);
  return { stored, persons };
}

const numberOf = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : 0);

type Dates = Pick<ChildCorrection, "bornOn" | "dueOn" | "gestationDays" | "adoptedOn">;

function datesOf({ bornOn, dueOn, gestation, adoptedOn }: CorrectChild): Dates {
  return {
    ...(bornOn === undefined ? {} : { bornOn }),
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(gestation === undefined
      ? {}
      : { gestationDays: gestation === null ? null : gestation.weeks * 7 + gestation.days }),
    ...(adoptedOn === undefined ? {} : { adoptedOn }),
  };
}

function saidChild(
  holder: number,
  child: NewChild,
  { by, at }: Hand,
): KeptChild & { marks: readonly string[] } {
  const { bornOn = null, dueOn = null, gestationDays = null, adoptedOn = null } = datesOf(child);
  return {
    node: holder,
    key: `by-hand ${randomUUID()}`,
    ...{ bornOn, dueOn, gestationDays, adoptedOn },
    gender: child.gender ?? null,
    genderCode: null,
    name: null,
    birthOrder: null,
    marks: [],
    statedBy: by,
    statedAt: at,
  };
}
