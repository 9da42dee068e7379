import { type ClickHouse, ch, list, type Statement } from "../platform/clickhouse.ts";
import type { RowSetKind, RowSetName } from "./row-set.ts";
import { eventRows } from "./row-sets/event.store.ts";
import { recordRows } from "./row-sets/record.store.ts";
import type { RowsOf } from "./row-sets/rows-of.ts";
import { traitRows } from "./row-sets/traits.store.ts";

const sets = { event: eventRows, traits: traitRows, record: recordRows } as const satisfies {
  [Kind in RowSetKind]: RowsOf;
};

export interface ImputableRow {
  at: Date;
  values: Record<string, unknown>;
}

type Asks = Pick<ClickHouse, "query">;
/** Millions of persons or records are put in order on disk rather than in memory. */
const boundedMemory = ch`settings max_bytes_before_external_group_by = 200000000, max_bytes_before_external_sort = 200000000`;

/** Some fields of a set's newest rows; what is not there is missing. What cleaning left out of sums is left out. */
export async function findImputableRows(
  clickhouse: Asks,
  workspace: number,
  { kind, of }: RowSetName,
  fields: readonly string[],
  most: number,
): Promise<{ rows: ImputableRow[]; isAll: boolean }> {
  const found = await clickhouse.query<{ ms: number; raw: string[]; beside: number }>(ch`
    select ms, beside, arrayMap(
      field -> arrayFirst(text -> text != '', arrayMap(doc -> JSONExtractRaw(doc, field), docs)), ${list("String", fields)}
    ) as raw
    from (${sets[kind](workspace, of, most + 1)}) ${boundedMemory}`);
  const rows = found
    .slice(0, most)
    .filter(({ beside }) => Number(beside) === 0)
    .map(({ ms, raw }) => ({
      at: new Date(Number(ms)),
      values: Object.fromEntries(fields.map((field, i) => [field, readValue(raw[i] ?? "")])),
    }));
  return { rows, isAll: found.length <= most };
}

export interface FieldFound {
  name: string;
  known: number;
  numbers: number;
}

/** The fields that any of a set's newest rows has, the commonest first. */
export async function findFields(
  clickhouse: Asks,
  workspace: number,
  { kind, of }: RowSetName,
  most: number,
): Promise<{ rows: number; isAll: boolean; fields: FieldFound[] }> {
  const rows = (some: number): Statement => sets[kind](workspace, of, some);
  const [[counted], fields] = await Promise.all([
    clickhouse.query<{ found: number; kept: number }>(
      ch`select count() as found, countIf(beside = 0) as kept from (${rows(most + 1)}) ${boundedMemory}`,
    ),
    clickhouse.query<FieldFound>(ch`
      select pair.1 as name, count() as known,
        countIf(match(pair.2, '^"?-?[0-9]{1,15}([.][0-9]{1,10})?"?$')) as numbers
      from (
        select arrayFlatten(arrayMap(doc -> JSONExtractKeysAndValuesRaw(doc), docs)) as pairs,
          arrayMap(one -> one.1, pairs) as names,
          arrayJoin(arrayFilter((one, i) -> indexOf(names, one.1) = i, pairs, arrayEnumerate(pairs))) as pair
        from (${rows(most)}) where beside = 0
      ) where pair.2 not in ('null', '""') and pair.1 != ''
      group by name order by known desc, name limit 300 ${boundedMemory}`),
  ]);
  const found = Number(counted?.found ?? 0);
  return {
    // The one beyond the most says that there are more; it is not looked at.
    rows: Math.min(most, Number(counted?.kept ?? 0)),
    isAll: found <= most,
    fields: fields.map(({ name, known, numbers }) => ({
      name,
      known: Number(known),
      numbers: Number(numbers),
    })),
  };
}

function readValue(raw: string): unknown {
  if (raw === "") return null;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return null;
  }
}
