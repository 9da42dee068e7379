/** What a cleaning rule did to a value. */
export type RuleResult = "kept" | "changed" | "marked" | "unreadable";

/** Told by a preset of every value that a rule has read: which rule, which target, what became of it. */
export type Tell = (rule: string, target: string, result: RuleResult, before: string, after: string) => void;
