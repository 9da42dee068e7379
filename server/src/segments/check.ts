import type { Language } from "@stork/contract/common.ts";
import type { Condition } from "@stork/contract/segments.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Problem, SavedSegment } from "./condition.ts";
import { meaningOf } from "./conditions.ts";
import { cycle, invalidCondition, tooDeep } from "./refusals.ts";
import { mentionedSegments } from "./sentence.ts";

const mostDepth = 12;
const mostParts = 200;
/** Each value of a list is a comparison of its own in the query, whose length the engine bounds. */
const mostValues = 300;

/** Refuses a condition that cannot be answered, with every mistake at its place (`where.of.0.value`). */
export function checkCondition(
  condition: Condition,
  segments: ReadonlyMap<string, SavedSegment>,
  language: Language,
): void {
  let parts = 0;
  let values = 0;
  const problems: Problem[] = [];
  const visit = (part: Condition, path: Problem["path"], depth: number): void => {
    if (depth > mostDepth || ++parts > mostParts) {
      throw new Refusal(tooDeep, { depth: mostDepth, parts: mostParts });
    }
    values += valuesIn(part);
    if (values > mostValues) throw new Refusal(invalidCondition, {}, [tooManyValues(path, language)]);
    const meaning = meaningOf(part);
    for (const problem of meaning.problems(part as never, { segments })) {
      problems.push({ ...problem, path: [...path, ...problem.path] });
    }
    for (const inside of meaning.parts(part as never))
      visit(inside.part, [...path, ...inside.path], depth + 1);
  };
  visit(condition, ["where"], 1);
  if (problems.length > 0) {
    const errors = problems.map(({ path, message }) => ({
      path: path.join("."),
      message: language === "en" ? message.en : message.zh,
    }));
    throw new Refusal(invalidCondition, {}, errors);
  }
  checkSize(condition, segments);
}

function valuesIn(part: Condition): number {
  const { value, where = [] } = part as { value?: unknown; where?: readonly { value?: unknown }[] };
  const lists = [value, ...where.map((filter) => filter.value)].filter((one) => Array.isArray(one));
  return lists.reduce((sum, list) => sum + list.length, 0);
}

const tooManyValues = (path: Problem["path"], language: Language) => ({
  path: path.join("."),
  message:
    language === "en"
      ? `the lists hold too many values: at most ${mostValues} in the whole condition`
      : `列表里的值太多：整个条件最多 ${mostValues} 个`,
});

/** Saved segments are taken in whole, so what they come to together must stay within bounds as well. */
function checkSize(condition: Condition, segments: ReadonlyMap<string, SavedSegment>): void {
  let taken = 0;
  const visit = (part: Condition, depth: number): void => {
    if (depth > mostDepth || ++taken > mostParts)
      throw new Refusal(tooDeep, { depth: mostDepth, parts: mostParts });
    for (const id of mentionedSegments(part)) {
      const saved = segments.get(id);
      if (saved !== undefined) visit(saved.where, depth + 1);
    }
  };
  visit(condition, 1);
}

/** Refuses a change that would make segment `id` refer to itself. */
export function checkCycle(id: string, where: Condition, segments: ReadonlyMap<string, SavedSegment>): void {
  const visit = (part: Condition, way: readonly string[]): void => {
    for (const next of mentionedSegments(part)) {
      const name = segments.get(next)?.name ?? next;
      if (next === id) throw new Refusal(cycle, { path: [...way, name].join(" → ") });
      const saved = segments.get(next);
      if (saved !== undefined) visit(saved.where, [...way, name]);
    }
  };
  visit(where, [segments.get(id)?.name ?? id]);
}
