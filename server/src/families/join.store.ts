import type { CarerRole } from "@stork/contract/families.ts";
import { findPerson } from "../people/find-person.store.ts";
import { findHousehold } from "../people/household.store.ts";
import { settleChildren } from "../people/same-child.store.ts";
import type { Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Change, Touched } from "./children-write.store.ts";
import { refusals } from "./refusals.ts";
import { shareChild, unshareChild } from "./share.store.ts";
import { findChange, findTies, markUndone, noteChange, tie, untie, type Word } from "./ties.store.ts";

/** Two parents, four grandparents, and two who help. */
const mostCarers = 8;

export interface Joining {
  /** Anybody of the family. */
  readonly into: number;
  readonly person: number;
  readonly role: CarerRole;
}

/** A person becomes a carer of a family, or takes another role in it; nobody is merged. Answers the change's number. */
export const joinFamily = (
  change: Change,
  workspace: number,
  joining: Joining,
  word: Word,
): Promise<number | null> => change(workspace, (tx) => join(tx, workspace, joining, word));

/** A person leaves the family: what had been set aside for the others' children comes back. */
export const leaveFamily = (change: Change, workspace: number, person: number, word: Word): Promise<number> =>
  change(workspace, (tx) => leave(tx, workspace, person, word));

/** Undoes a joining by leaving, a leaving by joining again, a sharing likewise; each a change of its own. */
export const undoChange = (change: Change, workspace: number, id: string, word: Word): Promise<number> =>
  change(workspace, async (tx) => {
    const done = await findChange(tx, workspace, id);
    if (done === null) throw new Refusal(refusals.unknownChange);
    if (done.undoneAt !== null) throw new Refusal(refusals.alreadyUndone);
    await markUndone(tx, done.id, word);
    return { ...(await undo(tx, workspace, done, word)), answer: done.id };
  });

async function undo(
  tx: Tx,
  workspace: number,
  done: NonNullable<Awaited<ReturnType<typeof findChange>>>,
  word: Word,
): Promise<Touched<unknown>> {
  const { person, role, child, family } = done;
  if (done.kind === "joined") return leave(tx, workspace, person, word);
  if (done.kind === "shared") return unshareChild(tx, workspace, { child: child as number, person }, word);
  if (done.kind === "unshared")
    return shareChild(tx, workspace, { child: child as number, person, role }, word);
  const into = await findPerson(tx, workspace, String(family));
  if (into === null || into === person) throw new Refusal(refusals.alreadyUndone);
  return join(tx, workspace, { into, person, role }, word);
}

async function join(
  tx: Tx,
  workspace: number,
  { into, person, role }: Joining,
  word: Word,
): Promise<Touched<number | null>> {
  const home = await findHousehold(tx, workspace, into);
  if (home.persons.includes(person)) {
    await tie(tx, workspace, { person, family: home.family, role }, word);
    return { answer: null, rows: [], persons: home.persons };
  }
  const before = await findHousehold(tx, workspace, person);
  if (before.persons.length > 1) throw new Refusal(refusals.elsewhere);
  if (home.persons.length >= mostCarers) throw new Refusal(refusals.tooManyCarers, { most: mostCarers });
  if ((await findTies(tx, workspace, home.persons)).length === 0)
    await tie(tx, workspace, { person: into, family: home.family, role: "unknown" }, word);
  await untie(tx, workspace, person);
  await tie(tx, workspace, { person, family: home.family, role }, word);
  const persons = [...home.persons, person];
  const change = { family: home.family, kind: "joined", person, child: null, role } as const;
  const answer = await noteChange(tx, workspace, change, word);
  return { answer, persons, rows: await settleChildren(tx, workspace, persons, word.at) };
}

async function leave(tx: Tx, workspace: number, person: number, word: Word): Promise<Touched<number>> {
  const home = await findHousehold(tx, workspace, person);
  if (home.persons.length === 1) throw new Refusal(refusals.notInFamily);
  const role = (await findTies(tx, workspace, [person])).at(-1)?.role ?? "unknown";
  const rest = (await untie(tx, workspace, person)) ?? home.persons.find((one) => one !== person) ?? person;
  if (role !== "unknown") await tie(tx, workspace, { person, family: person, role }, word);
  const answer = await noteChange(
    tx,
    workspace,
    { family: rest, kind: "left", person, child: null, role },
    word,
  );
  return { answer, persons: home.persons, rows: await settleChildren(tx, workspace, home.persons, word.at) };
}
