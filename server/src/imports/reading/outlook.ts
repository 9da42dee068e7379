import type { PreviewedFile } from "@stork/contract/imports.ts";
import { type Mark, markLabel } from "../../cleaning/marks.ts";
import type { RecordKind, RowContext } from "../preset.ts";
import { refusedRowLabel } from "../refused-rows.ts";
import { Gatherer, isRefused, type Keeper, type Places, type ReadRecord } from "./gather.ts";
import type { FileRow } from "./row.ts";
import { RuleTally } from "./rule-tally.ts";

type Outlook = PreviewedFile["outlook"];

export const noOutlook: Outlook = {
  ...{ rows: 0, records: 0, kept: 0, refused: 0 },
  marks: [],
  reasons: [],
  rules: [],
};

/** Keeps records as they are. */
class Held implements Keeper<ReadRecord[]> {
  readonly #records: ReadRecord[] = [];

  add(record: ReadRecord): void {
    this.#records.push(record);
  }

  key(place: number): string {
    const read = this.#records[place]?.read;
    return read === undefined || isRefused(read) ? "" : read.key;
  }

  take(more: ReadonlyMap<number, readonly Mark[]>): ReadRecord[] {
    return this.#records.map((record, at) => {
      const { read } = record;
      const marks = more.get(at);
      if (marks === undefined || isRefused(read)) return record;
      return { ...record, read: { ...read, marks: [...new Set([...read.marks, ...marks])] } };
    });
  }
}

/**
 * What an import would make of these rows: kept, marked, refused, and what each rule would do to each column; and how many
 * of them are none of the table's.
 */
export function outlookOf(
  kind: RecordKind,
  places: Places,
  rows: readonly FileRow[],
  context: RowContext,
  columnOf: (target: string) => string,
): { outlook: Outlook; totals: number; notes: number } {
  const tally = new RuleTally();
  const personal = new Set(kind.targets.filter((target) => target.personal).map(({ id }) => id));
  const isPersonal = (target: string) => personal.has(target);
  const looked = { ...context, tell: tally.tell };
  const all = { kind, places, context: looked, size: Number.POSITIVE_INFINITY };
  const gatherer = new Gatherer(all, new Held());
  for (const row of rows) gatherer.add(row);
  const { kept: records, rows: taken, totals, notes } = gatherer.end();
  const marks = new Map<string, number>();
  const reasons = new Map<string, number>();
  const add = (to: Map<string, number>, code: string, more: number) =>
    to.set(code, (to.get(code) ?? 0) + more);
  for (const { read, count: of } of records) {
    if (isRefused(read)) add(reasons, read.refused, of);
    else for (const mark of new Set(read.marks)) add(marks, mark, 1);
  }
  const refused = [...reasons.values()].reduce((sum, one) => sum + one, 0);
  const kept = records.reduce((sum, { count: of, read }) => (isRefused(read) ? sum : sum + of), 0);
  const outlook = {
    ...{ rows: taken - totals - notes, kept, refused },
    records: records.filter(({ read }) => !isRefused(read)).length,
    marks: [...marks].map(([code, count]) => ({ code, label: markLabel(code), rows: count })),
    reasons: [...reasons].map(([code, count]) => ({ code, label: refusedRowLabel(code), rows: count })),
    rules: tally.byColumn(isPersonal).map((one) => ({ ...one, column: columnOf(one.column) })),
  };
  return { outlook, totals, notes };
}
