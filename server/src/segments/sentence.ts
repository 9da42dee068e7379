import type { Words } from "@stork/contract/common.ts";
import type { Condition } from "@stork/contract/segments.ts";
import type { Mention, SavedSegment, TimeSense } from "./condition.ts";
import { meaningOf } from "./conditions.ts";

/** How a condition reads, in both languages. */
export function sentenceOf(condition: Condition, segments: ReadonlyMap<string, SavedSegment>): Words {
  const inner = (part: Condition): Words => {
    const words = meaningOf(part).sentence(part as never, inner, { segments });
    // Several parts inside a longer sentence need brackets, or "and" and "or" run together.
    const several = meaningOf(part).parts(part as never).length > 1;
    return several ? { zh: `（${words.zh}）`, en: `(${words.en})` } : words;
  };
  return meaningOf(condition).sentence(condition as never, inner, { segments });
}

export function warningsOf(condition: Condition): Words[] {
  return walk(condition).flatMap((part) => meaningOf(part).warnings(part as never));
}

export function mentionsOf(condition: Condition): Mention[] {
  return walk(condition).flatMap((part) => meaningOf(part).mentions(part as never));
}

const senses: readonly TimeSense[] = ["never", "daily", "always"];

/** When the answer can change by itself: as often as the most restless part, saved segments included. */
export function timeSenseOf(condition: Condition, segments: ReadonlyMap<string, SavedSegment>): TimeSense {
  const own = walk(condition).map((part) => meaningOf(part).timeSense(part as never));
  const taken = mentionedSegments(condition).map((id) => {
    const saved = segments.get(id);
    return saved === undefined ? "never" : timeSenseOf(saved.where, segments);
  });
  const all = [...own, ...taken];
  return senses[Math.max(0, ...all.map((sense) => senses.indexOf(sense)))] ?? "never";
}

/** How many days of events an answer stands on, saved segments included; 0 when on none, Infinity when on all. */
export function looksBackDaysOf(condition: Condition, segments: ReadonlyMap<string, SavedSegment>): number {
  const own = walk(condition).map((part) => meaningOf(part).looksBackDays(part as never));
  const taken = mentionedSegments(condition).map((id) => {
    const saved = segments.get(id);
    return saved === undefined ? 0 : looksBackDaysOf(saved.where, segments);
  });
  return Math.max(0, ...own, ...taken);
}

/** The ids of the saved segments that a condition mentions itself. */
export function mentionedSegments(condition: Condition): string[] {
  return mentionsOf(condition).flatMap((mention) => ("segment" in mention ? [mention.segment] : []));
}

/** The condition and every part of it. */
function walk(condition: Condition): Condition[] {
  const inside = meaningOf(condition).parts(condition as never);
  return [condition, ...inside.flatMap(({ part }) => walk(part))];
}

/** Whether whoever it selects is selected for a child whose dates are known: it speaks of that child and no other. */
export function speaksOfChild(condition: Condition, segments: ReadonlyMap<string, SavedSegment>): boolean {
  const inner = (part: Condition): boolean =>
    meaningOf(part).throughChild(part as never, inner, { segments });
  return inner(condition);
}
