import type { Words } from "@stork/contract/common.ts";
import type { ChildDates } from "../catalog/stages.ts";
import { ch, date, f64, type Statement, u32 } from "../platform/clickhouse.ts";
import type { Facts, Mention, Place } from "./condition.ts";

/**
 * Persons whose children are only guessed (see docs/ages.md) and fit: `fits` is asked over born_on and due_on. Whoever
 * has a stated child is taken at that word alone, from the moment it is said.
 */
export function orGuessed(
  stated: Statement,
  least: number | undefined,
  { workspace, person, restriction, today }: Place,
  fits: Statement,
): Statement {
  if (least === undefined) return stated;
  return ch`select person from (${stated} union distinct
    select distinct ${person} as person from (
      select node, if(born <= ${date(today)}, born, null) as born_on, if(born > ${date(today)}, born, null) as due_on
      from (select node, born_on as born, confidence from inferred_child final
        where workspace = ${u32(workspace)} and removed = 0${restriction})
      where confidence >= ${f64(least)})
    where ${fits} and person not in (
      select ${person} from child final where workspace = ${u32(workspace)} and removed = 0${restriction}))`;
}

/** The same for one person in memory. */
export function childrenCounted(facts: Facts, least: number | undefined): readonly ChildDates[] {
  if (least === undefined || facts.children.length > 0) return facts.children;
  return (facts.guessed ?? []).filter(({ confidence }) => confidence >= least);
}

export const withGuessed = (words: Words, least: number | undefined): Words =>
  least === undefined
    ? words
    : {
        zh: `${words.zh}（含把握不低于 ${Math.round(least * 100)}% 的推测）`,
        en: `${words.en} (or guessed with at least ${Math.round(least * 100)} % confidence)`,
      };

export const guessMentioned = (least: number | undefined): readonly Mention[] =>
  least === undefined ? [] : [{ tag: "guessed-age" }];
