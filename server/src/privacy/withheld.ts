import type { Consent } from "@stork/contract/privacy.ts";
import { uniteChildren } from "../people/children.ts";
import type { CaredChild } from "./cared.store.ts";
import { stateFor } from "./legal.ts";
import type { StandingSilence } from "./silence.store.ts";

/** What systems may not say again of a child that somebody lost, as kept at a node of hers. */
export interface Hushed {
  readonly person: number;
  readonly node: number;
  readonly print: string;
  readonly until: string | null;
}

/** All that may keep a date back. */
export interface Known {
  carersOf(child: CaredChild): readonly number[];
  /** On children's data, by person. */
  readonly consents: ReadonlyMap<number, readonly Consent[]>;
  readonly silences: ReadonlyMap<number, readonly StandingSilence[]>;
  /** By silence: the rows and the nodes that it was said of. */
  readonly silencedChildren: ReadonlyMap<number, readonly { child: number | null; node: number | null }[]>;
  /** The rows that words and silences name, by their numbers. */
  readonly rows: ReadonlyMap<number, CaredChild>;
  readonly hushed: readonly Hushed[];
  printsOf(child: CaredChild): readonly string[];
}

/** Whether anything that stands says that nothing is to be said of this child. */
export function isWithheld(known: Known, child: CaredChild): boolean {
  const carers = known.carersOf(child);
  return (
    carers.some((person) => isRefused(known, known.consents.get(person) ?? [], child)) ||
    carers.some((person) =>
      (known.silences.get(person) ?? []).some((one) => isSilenced(known, one, child)),
    ) ||
    isLost(known, carers, child)
  );
}

/** A word on one child is about every row that stands for that child, at whichever identifier it was said. */
function isRefused({ rows }: Known, consents: readonly Consent[], child: CaredChild): boolean {
  const named = [...new Set(consents.flatMap((one) => one.child ?? []))].filter((id) =>
    isSame(rows.get(Number(id)), child),
  );
  const states = (named.length === 0 ? [null] : named).map((id) =>
    stateFor(consents, "child", { child: id }),
  );
  return states.includes("withdrawn");
}

/** Signs name rows; who asked for silence about all of them meant those, too, that another identifier knew of. */
function isSilenced(
  known: Known,
  { id, why, child: named, since }: StandingSilence,
  child: CaredChild,
): boolean {
  const parts = known.silencedChildren.get(id) ?? [];
  if (parts.some((part) => part.child === child.id)) return why === "signs";
  if (parts.some(({ node }) => node === child.node)) return false;
  if (why === "signs") return parts.some((part) => isSame(known.rows.get(part.child ?? 0), child));
  const knownSince = isByHand(child) ? child.statedAt : child.knownAt;
  return named === null && knownSince <= since;
}

/**
 * A loss was told of under one identifier, and another one, found to be hers since, still holds the date. Rows at the
 * node itself were looked at when it was told.
 */
function isLost({ hushed, printsOf }: Known, carers: readonly number[], child: CaredChild): boolean {
  const theirs = hushed.filter(({ person }) => carers.includes(person));
  if (theirs.length === 0 || isByHand(child)) return false;
  const date = child.bornOn ?? child.dueOn;
  const prints = printsOf(child);
  const hits = ({ print, until }: Hushed) =>
    prints.includes(print) || (until !== null && date !== null && date <= until);
  const own = new Set(theirs.filter(({ node }) => node === child.node).map(({ print }) => print));
  return theirs.some((one) => hits(one) && !own.has(one.print));
}

const isSame = (a: CaredChild | undefined, b: CaredChild): boolean =>
  a !== undefined && (a.id === b.id || uniteChildren([a, b]).length === 1);

/** Said by somebody who looked; not by a system that repeats what it has. */
const isByHand = ({ statedBy }: CaredChild): boolean => !/^(source|import):/.test(statedBy);
