import type { RuleOutlook } from "@stork/contract/imports.ts";
import { rules as cleaningRules } from "../../cleaning/rules.ts";
import type { RuleResult, Tell, Telling, Told } from "../tell.ts";
import { shown } from "./shown.ts";

/** Values by what became of them: kept, changed, marked, unreadable. */
export type RuleCounts = Record<string, [number, number, number, number]>;

const places: Readonly<Record<RuleResult, 0 | 1 | 2 | 3>> = { kept: 0, changed: 1, marked: 2, unreadable: 3 };
const mostExamples = 3;
/** Of an address its official divisions are kept, where thousands live: what such a rule gives back tells of nobody. */
const impersonal: ReadonlySet<string> = new Set(["address"]);

/** Counts what rules do, by rule, and with examples by column when asked. */
export class RuleTally {
  /** What was told since the last time, each once. */
  #met: Telling[] = [];
  readonly #columns = new Map<
    string,
    { rule: string; target: string; counts: number[]; examples: Map<string, string> }
  >();

  /** By rule only: for every value of a file. */
  readonly count: Tell = (what) => {
    if (what.times === 0) this.#met.push(what);
    what.times += 1;
  };

  /** By rule and column, with examples: for a preview. */
  readonly tell: Tell = ({ told }) => {
    for (const one of told) this.#show(one);
  };

  #show([rule, target, result, before, after]: Told): void {
    const key = `${rule} ${target}`;
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = { rule, target, counts: [0, 0, 0, 0], examples: new Map() };
      this.#columns.set(key, column);
    }
    const place = places[result];
    column.counts[place] = (column.counts[place] as number) + 1;
    if (result !== "kept" && column.examples.size < mostExamples)
      column.examples.set(before, result === "unreadable" ? "" : after);
  }

  /** What was counted since the last time. */
  take(): RuleCounts {
    const all: RuleCounts = {};
    for (const what of this.#met) {
      for (const [rule, , result] of what.told) {
        let counts = all[rule];
        if (counts === undefined) {
          counts = [0, 0, 0, 0];
          all[rule] = counts;
        }
        counts[places[result]] = (counts[places[result]] as number) + what.times;
      }
      what.times = 0;
    }
    this.#met = [];
    return all;
  }

  byColumn(isPersonal: (target: string) => boolean): RuleOutlook[] {
    return [...this.#columns.values()].map(({ rule, target, counts, examples }) => {
      const [kept = 0, changed = 0, marked = 0, unreadable = 0] = counts;
      return {
        ...ruleWords(rule),
        ...{ rule, column: target, kept, changed, marked, unreadable },
        examples: [...examples].map(([before, after]) => ({
          before: shown(before, isPersonal(target)),
          after: shown(after, isPersonal(target) && !impersonal.has(rule)),
        })),
      };
    });
  }
}

/** A rule's name and its one sentence. */
export function ruleWords(id: string): Pick<RuleOutlook, "label" | "what"> {
  const rule = (cleaningRules as Record<string, Pick<RuleOutlook, "label" | "what">>)[id];
  return { label: rule?.label ?? { zh: id, en: id }, what: rule?.what ?? { zh: "", en: "" } };
}
