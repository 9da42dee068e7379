import type { Cleaned, RuleContext, RuleValues, ValueRuleId } from "../../cleaning/rule.ts";
import { valueRules } from "../../cleaning/rules.ts";
import { type RuleResult, Telling, type Told } from "../tell.ts";

/** A value that a rule has read, and what became of it. */
interface ReadValue<Id extends ValueRuleId> {
  readonly rule: Id;
  /** The target. */
  readonly id: string;
  readonly written: string;
  readonly cleaned: Cleaned<RuleValues[Id]>;
}

/** What is told of the values of a file. */
export class Tellings {
  /** Whether they are counted only: then nothing is made of what each one was. */
  readonly #countsOnly: boolean;
  /** By target and result, of those that nobody asks about one by one. */
  readonly #shared = new Map<string, Map<RuleResult, Telling>>();

  constructor(countsOnly: boolean) {
    this.#countsOnly = countsOnly;
  }

  ofValue<Id extends ValueRuleId>(
    { rule, id, written, cleaned }: ReadValue<Id>,
    context: RuleContext,
  ): readonly Told[] {
    const result = resultOf(cleaned);
    if (result === null) return nothing;
    if (this.#countsOnly) return [[rule, id, result, "", ""]];
    if ("unreadable" in cleaned) return [[rule, id, "unreadable", written, cleaned.unreadable]];
    const show = valueRules[rule].show as (value: RuleValues[Id], context: RuleContext) => string;
    return [[rule, id, result, written, result === "kept" ? written : show(cleaned.value, context)]];
  }

  /** Of what stayed as it is nobody asks what it was, nor where values are counted: those of a column share what is told. */
  of(told: readonly Told[]): Telling | null {
    const [only] = told;
    if (only === undefined) return null;
    const [rule, id, result] = only;
    if (told.length > 1 || (result !== "kept" && !this.#countsOnly)) return new Telling(told);
    let column = this.#shared.get(id);
    if (column === undefined) {
      column = new Map();
      this.#shared.set(id, column);
    }
    const before = column.get(result);
    if (before?.told[0]?.[0] === rule) return before;
    const shared = new Telling([[rule, id, result, "", ""]]);
    column.set(result, shared);
    return shared;
  }
}

const nothing: readonly never[] = [];

/** null: nothing to tell; an empty cell in other words ("-", "无") is no fault. */
function resultOf(cleaned: Cleaned<unknown>): RuleResult | null {
  if ("unreadable" in cleaned) return cleaned.unreadable === "empty" ? null : "unreadable";
  return (cleaned.marks?.length ?? 0) > 0 ? "marked" : cleaned.changed ? "changed" : "kept";
}
