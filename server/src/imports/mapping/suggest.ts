import type { Words } from "@stork/contract/common.ts";
import type { MappingSuggestion } from "@stork/contract/mappings.ts";
import type { Target } from "../preset.ts";
import { type Looks, looksLike } from "./contents.ts";
import { type NameMatch, nameMatch } from "./names.ts";

interface Candidate {
  column: number;
  target: Target;
  confidence: number;
  reason: Words;
}

const leastShown = 0.3;
/** Below this a guess is shown among the others, and not chosen by itself. */
const leastChosen = 0.45;

/** Suggests a target for each column, each target once: the surest first. */
export function suggest(
  targets: readonly Target[],
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): MappingSuggestion[] {
  const seen = columns.map((_, at) => looksLike(rows.map((row) => row[at] ?? "")));
  const candidates = columns
    .flatMap((column, at) => targets.flatMap((target) => judge(column, at, target, seen[at] ?? null) ?? []))
    .sort((a, b) => b.confidence - a.confidence);
  const chosen = new Map<number, Candidate>();
  const taken = new Set<string>();
  for (const one of candidates) {
    if (one.confidence < leastChosen || chosen.has(one.column) || taken.has(one.target.id)) continue;
    chosen.set(one.column, one);
    taken.add(one.target.id);
  }
  return columns.map((column, at): MappingSuggestion => {
    const mine = chosen.get(at);
    const others = candidates
      .filter((one) => one.column === at && one !== mine)
      .slice(0, 3)
      .map(({ target, confidence, reason }) => ({ target: target.id, confidence, reason }));
    if (mine === undefined)
      return { column, target: null, confidence: 0, reason: unknown(seen[at]?.look), others };
    return { column, target: mine.target.id, confidence: mine.confidence, reason: mine.reason, others };
  });
}

/** How well a kind's targets fit a header: the required ones count most. */
export function fitOf(targets: readonly Target[], suggestions: readonly MappingSuggestion[]): number {
  const by = new Map(suggestions.map(({ target, confidence }) => [target, confidence]));
  const required = targets.filter((target) => target.required);
  const sureOf = ({ id, unless = "" }: Target) => by.get(id) ?? by.get(unless) ?? 0;
  const must = required.reduce((sum, target) => sum + sureOf(target), 0) / Math.max(1, required.length);
  const used = suggestions.reduce(
    (sum, { target, confidence }) => sum + (target === null ? 0 : confidence),
    0,
  );
  return round(0.7 * must + 0.3 * (used / Math.max(1, suggestions.length)));
}

function judge(
  column: string,
  at: number,
  target: Target,
  seen: { look: Looks; share: number } | null,
): Candidate | null {
  const name = nameMatch(column, target);
  const expected = seen === null ? 0 : (seen.look.targets[target.id] ?? 0) * seen.share;
  const confidence = name === null ? expected : Math.min(1, name.score + (1 - name.score) * expected);
  // A header that names a phone over cells that are plainly something else is doubted.
  const contradicted = name !== null && seen !== null && expected === 0 && contradicts(target, seen.look);
  const sure = round(contradicted ? confidence * 0.6 : confidence);
  return sure < leastShown
    ? null
    : {
        column: at,
        target,
        confidence: sure,
        reason: reasonOf(name, expected > 0 ? seen : null, contradicted),
      };
}

/** Rules that read one sort of value only. */
const plainly: Readonly<Record<string, readonly string[]>> = {
  phone: ["phone"],
  email: ["email"],
  instant: ["time", "day", "order-number"],
  date: ["time", "day"],
  money: ["money", "quantity", "order-number"],
  quantity: ["quantity", "money"],
};
const contradicts = ({ rule }: Target, look: Looks): boolean =>
  rule !== undefined && plainly[rule] !== undefined && !plainly[rule].includes(look.id);

const round = (share: number): number => Math.round(share * 100) / 100;

function reasonOf(name: NameMatch | null, seen: { look: Looks } | null, contradicted: boolean): Words {
  const said: Words[] = [];
  if (name?.how === "same")
    said.push({ zh: `列名就是「${name.alias}」`, en: `the header is “${name.alias}”` });
  if (name?.how === "contains")
    said.push({ zh: `列名含「${name.alias}」`, en: `the header has “${name.alias}”` });
  if (name?.how === "near")
    said.push({ zh: `列名近似「${name.alias}」`, en: `the header is near “${name.alias}”` });
  if (name?.how === "pinyin")
    said.push({
      zh: `列名是拼音首字母 ${name.alias}`,
      en: `the header is the pinyin initials ${name.alias}`,
    });
  if (seen !== null)
    said.push({
      zh: `内容${seen.look.words.zh}`,
      en: `the cells ${seen.look.words.en.replace("looks", "look")}`,
    });
  if (contradicted) said.push({ zh: "但内容不像", en: "but the cells do not look so" });
  return { zh: said.map(({ zh }) => zh).join("，"), en: said.map(({ en }) => en).join("; ") };
}

const unknown = (look: Looks | undefined): Words =>
  look === undefined
    ? { zh: "列名和内容都认不出", en: "neither the header nor the cells are recognised" }
    : {
        zh: `内容${look.words.zh}，但列名认不出`,
        en: `the cells ${look.words.en.replace("looks", "look")}, but the header is not recognised`,
      };
