/** What a cleaning rule did to a value. */
export type RuleResult = "kept" | "changed" | "marked" | "unreadable";

/** What a rule has read: which rule, of which target, what became of the value, and what it was before and after. */
export type Told = readonly [rule: string, target: string, result: RuleResult, before: string, after: string];

/** What is told of a value. It is kept with what was read, and told again each time the same is met. */
export class Telling {
  readonly told: readonly Told[];
  /** How often it was told since somebody counted: a number going up, since this is done for every cell of a file. */
  times = 0;

  constructor(told: readonly Told[]) {
    this.told = told;
  }
}

/** Told by a preset of every value that rules have read. */
export type Tell = (what: Telling) => void;
