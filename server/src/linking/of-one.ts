import type { LinkModel } from "@stork/models/linking/model.ts";
import { comparisons } from "./told.ts";

/**
 * From which level on a field speaks for one person (levels are listed by models/linking/comparators). A mother and a
 * father share their address and their child's birthday, and may share a surname: those say that two are of one household,
 * which is another question (families/household-signs.ts).
 */
const ofHerself: Readonly<Partial<Record<(typeof comparisons)[number]["field"], number>>> = {
  names: 2, // one character differs
  phones: 2, // masked, one shown digit differs
  emails: 1, // names alike
  birthdays: 3, // one digit off
};

interface Step {
  readonly field: string;
  readonly level: number | null;
}

/** Whether anything of what agrees is a person's own, so that the two may be one and not only live together. */
export const speaksOfOne = (steps: readonly Step[]): boolean =>
  steps.some(({ field, level }) => {
    const least = ofHerself[field as keyof typeof ofHerself];
    return least !== undefined && level !== null && level >= least;
  });

/** Of persons who are one, no more than so many tell quite different names. */
const mostUnlike = 0.4;

/**
 * Whether what was learned is of persons. Where most who are alike are couples, who told the same address and child to
 * one shop, learning without labels takes households for persons: its pairs are alike in everything but their names.
 */
export const isOfPersons = ({ m }: Pick<LinkModel, "m">): boolean => {
  const names = comparisons.findIndex(({ field }) => field === "names");
  return (m[names]?.[0] ?? 0) <= mostUnlike;
};
