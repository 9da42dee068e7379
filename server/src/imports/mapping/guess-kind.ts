import type { MappingSuggestion } from "@stork/contract/mappings.ts";
import type { RecordKindId } from "@stork/contract/records.ts";
import type { Target } from "../preset.ts";
import { genericReport, recordKinds } from "./generic.ts";
import { fitOf, suggest } from "./suggest.ts";

/** A kind of record that a file may hold, and what its columns would then be. */
export interface KindGuess {
  record: RecordKindId;
  targets: readonly Target[];
  columns: MappingSuggestion[];
  /** 0 to 1. */
  confidence: number;
}

/** Below this a file is not taken for anything. */
export const leastFit = 0.3;

/** What a file of no known format may hold, the likeliest kind first. */
export const guessKinds = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  among: readonly RecordKindId[] = recordKinds,
): KindGuess[] =>
  among
    .map((record): KindGuess => {
      const { targets } = genericReport(record).kind;
      const columns = suggest(targets, header, rows);
      return { record, targets, columns, confidence: fitOf(targets, columns) };
    })
    .sort((a, b) => b.confidence - a.confidence);
