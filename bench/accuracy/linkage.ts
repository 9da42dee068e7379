import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Agreement, agreementOf } from "../../models/linking/agreement.ts";
import { blocksOf } from "../../models/linking/blocking.ts";
import { columnOf } from "../../models/linking/column.ts";
import { prepareField, recordsFrom } from "../../models/linking/comparison.ts";
import { linkRecords } from "../../models/linking/link.ts";
import { type Layout, layoutOf } from "../linking/layouts.ts";
import { type Row, readTable } from "../linking/table.ts";
import type { AccuracySet } from "./accuracy-set.ts";

/**
 * Records of one person found among records without a shared identifier. Nothing is trained beforehand: each file's
 * model is learned by EM from the file itself, its labels unread, so there is nothing to split. Two files of one
 * number, a and b, hold each person once and are linked across.
 */
export const linkage: AccuracySet = {
  summary: "precision, recall of pairs over the labelled files of record_linkage/",
  async score({ test, say }) {
    const folder = join(test, "record_linkage");
    if (!existsSync(folder)) return null;
    const files: Record<string, Agreement> = {};
    for (const [name, tables] of tablesIn(folder)) {
      const [first] = tables[0] ?? [];
      const layout = first ? layoutOf(first) : null;
      if (!layout) continue;
      files[name] = scoreTables(layout, tables);
      const { precision, recall } = files[name];
      say(`${name}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`);
    }
    const all = Object.values(files);
    if (all.length === 0) return null;
    const sum = (of: "truePairs" | "foundPairs" | "rightPairs") =>
      all.reduce((total, each) => total + each[of], 0);
    return {
      precision: sum("rightPairs") / sum("foundPairs"),
      recall: sum("rightPairs") / sum("truePairs"),
      files,
    };
  },
};

/** Files by name; those that differ by an a or b at the end are the two sides of one. */
function tablesIn(folder: string): Map<string, Row[][]> {
  const tables = new Map<string, Row[][]>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".csv")) continue;
    const name = file.replace(/\.csv$/, "").replace(/(?<=\d)[ab]$/, "");
    tables.set(name, [...(tables.get(name) ?? []), readTable(join(folder, file))]);
  }
  return tables;
}

function scoreTables({ comparisons, rules, truth }: Layout, tables: readonly Row[][]): Agreement {
  const rows = tables.flat();
  const columns = comparisons.map((each) =>
    columnOf(rows.map((row) => prepareField(each, [row[each.field] ?? ""], {}))),
  );
  const two = tables.length > 1;
  const sources = Uint8Array.from(tables.flatMap((table, i) => table.map(() => i)));
  const records = { ...recordsFrom(comparisons, columns), ...(two ? { sources } : {}) };
  const blocks = (rules.length > 0 ? rules : [() => 1]).map((rule) =>
    blocksOf(Uint32Array.from(rows, rule), { most: rules.length > 0 ? 200 : rows.length }),
  );
  const { persons } = linkRecords(comparisons, records, blocks, { seed: 1, onceEach: two });
  const numbers = new Map<string, number>();
  const known = rows.map((row) => {
    const who = truth(row);
    const number = numbers.get(who) ?? numbers.size;
    numbers.set(who, number);
    return number;
  });
  return agreementOf(known, persons, two ? sources : undefined);
}
