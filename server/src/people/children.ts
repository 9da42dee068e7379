import { addDays, dayNumber, daysBetween } from "../catalog/calendar.ts";

/** A child as kept: what was said of it, by whom, since when. */
export interface KeptChild {
  readonly node: number;
  readonly key: string;
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly gender: string | null;
  readonly genderCode: string | null;
  /** The clear name while a batch is under way; sealed when stored. undefined: not looked at. */
  readonly name: string | null;
  /** Days of pregnancy at birth, as stated. */
  readonly gestationDays: number | null;
  readonly adoptedOn: string | null;
  /** Given where staff told twins apart. */
  readonly birthOrder: number | null;
  readonly marks: readonly string[];
  readonly statedBy: string;
  readonly statedAt: Date;
  /** Dates that somebody put right by hand: said again, they are no news. */
  readonly overruled?: readonly string[];
  /** The node at which what counts now was said; the holder's own when not given. */
  readonly saidNode?: number | null;
  /** What others call it: who said so and their key, a line each. */
  readonly alsoKnownAs?: readonly string[];
  /** Taken away by hand: said again, it does not come back. */
  readonly removed?: boolean;
}

export const dateImpossible = "date-impossible";
/** A birth is taken for the expected one when it is this near to its due date; and so is a due date put right. */
const birthWindowDays = 60;
const earliest = "1990-01-01";
const latestDueDays = 300;

/**
 * Whether a child's date can be: not before 1990, no birth in the future, no due date further off than a pregnancy
 * lasts. `today` is the latest date it may be anywhere.
 */
export function dateMarks({ bornOn, dueOn }: Pick<KeptChild, "bornOn" | "dueOn">, today: string): string[] {
  const impossible =
    (bornOn === null && dueOn === null) ||
    (bornOn !== null && (dayNumber(bornOn) === null || bornOn < earliest || bornOn > today)) ||
    (bornOn === null && dueOn !== null && (dueOn < earliest || dueOn > addDays(today, latestDueDays)));
  return impossible ? [dateImpossible] : [];
}

/** The key of a child whose source gave none. */
export const dateKey = (bornOn: string | null, dueOn: string | null): string =>
  bornOn ?? `due ${dueOn ?? ""}`;

/** Said by somebody who looked, not by a system that repeats what it has. */
const byHand = (statedBy: string): boolean => /^(user|key|person):/.test(statedBy);

const keyed = ({ key, bornOn, dueOn }: KeptChild): boolean =>
  key !== bornOn && key !== `due ${dueOn ?? ""}` && !/^(due )?\d{4}-\d{2}-\d{2}$/.test(key);

/** What a statement comes to: the same child said again, a change of one, or a new one. */
export type Merge = { change: "none" | "update"; index: number; child: KeptChild } | { change: "add" };

/**
 * Finds the child a statement speaks of among the family's own. The same key of the same source is the same child; so
 * is the same date, unless one source tells two apart by keys (twins); and a birth near a due date is that pregnancy's.
 * What was put right or taken away by hand is not undone by a system that repeats itself.
 */
export function mergeChild(kept: readonly KeptChild[], said: KeptChild): Merge {
  const finders: ((child: KeptChild) => boolean)[] = [
    (child) => child.key === said.key && child.statedBy === said.statedBy,
    (child) => child.key === said.key && child.node === said.node,
    (child) => keyed(said) && (child.alsoKnownAs ?? []).includes(`${said.statedBy}\n${said.key}`),
    (child) => sameDate(child, said) && !toldApart(child, said),
    (child) => isOverruled(child, said) && !toldApart(child, said),
    (child) => samePregnancy(child, said) && !toldApart(child, said),
  ];
  for (const removed of [false, true]) {
    for (const finds of finders) {
      const index = kept.findIndex((child) => (child.removed ?? false) === removed && finds(child));
      const child = kept[index];
      if (child !== undefined) return removed ? { change: "none", index, child } : merged(child, said, index);
    }
  }
  return { change: "add" };
}

const isOverruled = ({ overruled = [] }: KeptChild, { bornOn, dueOn }: KeptChild): boolean => {
  const date = bornOn ?? dueOn;
  return date !== null && overruled.includes(date);
};

/** Children of one family as one list: those that were stated to several nodes before they became one person come once. */
export function uniteChildren<Child extends KeptChild>(children: readonly Child[]): Child[] {
  const repeated = standIns(children);
  return [...children]
    .sort((a, b) => Number(b.bornOn !== null) - Number(a.bornOn !== null))
    .filter((child) => !repeated.has(child));
}

/** The children that another of the list stands for, each with that one. */
export function standIns<Child extends KeptChild>(children: readonly Child[]): Map<Child, Child> {
  // Twins told apart come before a row that knows one date only, which is then either of them.
  const surest = [...children].sort((a, b) => sureness(b) - sureness(a));
  const kept: Child[] = [];
  const repeated = new Map<Child, Child>();
  for (const child of surest) {
    const known = kept.find(
      (other) => (sameDate(other, child) || samePregnancy(other, child)) && !toldApart(other, child),
    );
    if (known === undefined) kept.push(child);
    else repeated.set(child, known);
  }
  return repeated;
}

const sureness = (child: KeptChild): number =>
  (child.bornOn !== null ? 2 : 0) + (child.birthOrder !== null || keyed(child) ? 1 : 0);

const sameDate = (a: KeptChild, b: KeptChild): boolean =>
  a.bornOn !== null ? a.bornOn === b.bornOn : b.bornOn === null && a.dueOn !== null && a.dueOn === b.dueOn;

function samePregnancy(a: KeptChild, b: KeptChild): boolean {
  const near = (one: string | null, other: string | null): boolean =>
    one !== null && other !== null && Math.abs(daysBetween(other, one)) <= birthWindowDays;
  if (a.bornOn === null && b.bornOn === null) return near(a.dueOn, b.dueOn);
  if (a.bornOn === null && near(b.bornOn, a.dueOn)) return true;
  return b.bornOn === null && near(a.bornOn, b.dueOn);
}

/** One source that names two children knows that they are two, and so do staff who counted twins. */
const toldApart = (a: KeptChild, b: KeptChild): boolean =>
  (a.birthOrder !== null && b.birthOrder !== null && a.birthOrder !== b.birthOrder) ||
  (keyed(a) && keyed(b) && a.statedBy === b.statedBy && a.key !== b.key);

function merged(child: KeptChild, said: KeptChild, index: number): Merge {
  // What was said earlier does not undo what was said later, but still fills what is missing.
  const newer = said.statedAt >= child.statedAt;
  const pick = <Value>(old: Value | null, other: Value | null): Value | null =>
    newer ? (other ?? old) : (old ?? other);
  const news = (date: string | null): string | null =>
    date !== null && !byHand(said.statedBy) && child.overruled?.includes(date) ? null : date;
  const next: KeptChild = {
    ...child,
    bornOn: pick(child.bornOn, news(said.bornOn)),
    dueOn: pick(child.dueOn, news(said.dueOn)),
    gestationDays: pick(child.gestationDays, said.gestationDays),
    adoptedOn: pick(child.adoptedOn, said.adoptedOn),
    gender: pick(known(child.gender), known(said.gender)) ?? child.gender ?? said.gender,
    genderCode: pick(child.genderCode, said.genderCode),
    name: pick(child.name, said.name),
  };
  const fields = ["bornOn", "dueOn", "gender", "genderCode", "name", "gestationDays", "adoptedOn"] as const;
  const same = fields.every((field) => next[field] === child[field]);
  if (same) return { change: "none", index, child };
  return {
    change: "update",
    index,
    child: {
      ...next,
      saidNode: said.node,
      ...(newer ? { statedBy: said.statedBy, statedAt: said.statedAt } : {}),
    },
  };
}

const known = (gender: string | null): string | null => (gender === "unknown" ? null : gender);
