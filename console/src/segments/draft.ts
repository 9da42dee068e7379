import { Condition, type ConditionKind } from "@stork/contract/segments.ts";

export type Group = Extract<Condition, { kind: "all" | "any" }>;

/** What a new condition of each kind starts as; some must still be filled in. */
export const beginnings: { [K in Exclude<ConditionKind, "not">]: Condition } = {
  all: { kind: "all", of: [] },
  any: { kind: "any", of: [] },
  trait: { kind: "trait", key: "", op: "=", value: "" },
  stage: { kind: "stage", in: [] },
  childAge: { kind: "childAge", fromDays: 91, toDays: 183 },
  did: { kind: "did", event: "Order Completed", count: { op: ">=", value: 1 }, withinDays: 90 },
  member: { kind: "member", segment: "" },
};

export const isGroup = (where: Condition): where is Group => where.kind === "all" || where.kind === "any";

/** The builder always edits a group; anything else is put into one. */
export const asGroup = (where: Condition): Group => (isGroup(where) ? where : { kind: "all", of: [where] });

/** A condition without the parts that are not filled in yet, to be counted meanwhile; null when nothing is left. */
export function finished(where: Condition): Condition | null {
  if (isGroup(where)) {
    const of = where.of.map(finished).filter((one) => one !== null);
    return of.length === 0 ? null : { kind: where.kind, of };
  }
  if (where.kind === "not") {
    const of = finished(where.of);
    return of === null ? null : { kind: "not", of };
  }
  return isFilledIn(where) ? where : null;
}

function isFilledIn(where: Condition): boolean {
  if (!Condition.safeParse(where).success) return false;
  switch (where.kind) {
    case "trait":
      return hasValue(where.op, where.value);
    case "did":
      return (where.where ?? []).every((one) => hasValue(one.op, one.value));
    case "childAge":
      return where.fromDays <= where.toDays;
    case "member":
      return where.segment !== "";
    default:
      return true;
  }
}

const hasValue = (op: string, value: unknown): boolean =>
  op === "exists" || (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "");

/** How many conditions are not filled in yet. */
export function unfinished(where: Condition): number {
  if (isGroup(where)) return where.of.reduce((sum, one) => sum + unfinished(one), 0);
  if (where.kind === "not") return unfinished(where.of);
  return isFilledIn(where) ? 0 : 1;
}

/** A condition that came in an address; null when it is none. */
export function readWhere(text: string | null): Condition | null {
  if (text === null) return null;
  try {
    const read = Condition.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const month = 30.4375;
export const daysOfMonths = (months: number): number => Math.round(months * month);
/** Whole months when the days are exactly that, else null. */
export function monthsOfDays(days: number): number | null {
  const months = Math.round(days / month);
  return daysOfMonths(months) === days ? months : null;
}
