import { type ClickHouse, ch, joined, list, type Statement } from "../../platform/clickhouse.ts";
import type { ErasedSubject, Eraser } from "../../platform/eraser.ts";
import { childColumns, nodeColumns } from "./treatments.ts";

interface FactTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The tables of facts; on a cluster the fronts that see all shards. */
export async function findFactTables(
  clickhouse: ClickHouse,
  types: "UInt64" | "%String%",
): Promise<FactTable[]> {
  const rows = await clickhouse.query<FactTable & { engine: string }>(ch`
    select t.name as table, any(t.engine) as engine, groupArray(toString(c.name)) as columns
    from system.tables t join system.columns c on c.database = t.database and c.table = t.name
    where t.database = currentDatabase() and (t.engine like '%MergeTree' or t.engine = 'Distributed')
      and t.name != 'migration' and c.type like ${{ text: types === "UInt64" ? "'UInt64'" : "'%String%'", params: {} }}
    group by t.name order by t.name`);
  const fronts = rows.filter(({ engine }) => engine === "Distributed");
  return fronts.length > 0 ? fronts : rows;
}

/** One eraser for each table of facts that points to somebody. What nobody has a row in costs one small question. */
export async function factErasers(clickhouse: ClickHouse): Promise<Eraser[]> {
  const tables = await findFactTables(clickhouse, "UInt64");
  return tables
    .map(({ table, columns }) => ({
      table,
      nodes: nodeColumns.filter((name) => columns.includes(name)),
      children: childColumns.filter((name) => columns.includes(name)),
    }))
    .filter(({ nodes, children }) => nodes.length + children.length > 0)
    .map((table) => factEraser(clickhouse, table));
}

interface Pointing {
  readonly table: string;
  readonly nodes: readonly string[];
  readonly children: readonly string[];
}

function factEraser(clickhouse: ClickHouse, pointing: Pointing): Eraser {
  const count = async (subject: ErasedSubject): Promise<number> => {
    const which = whichRows(pointing, [subject]);
    if (which === null) return 0;
    const [row] = await clickhouse.query<{ found: number }>(
      ch`select count() as found from ${named(pointing.table)} where ${which}`,
    );
    return Number(row?.found ?? 0);
  };
  return {
    place: `clickhouse: ${pointing.table}`,
    words: { zh: `事实表 ${pointing.table}`, en: `Facts in ${pointing.table}` },
    erase: async (subjects) => {
      const counts: number[] = [];
      for (const subject of subjects) counts.push(await count(subject));
      const which = whichRows(pointing, subjects);
      if (which !== null && counts.some((found) => found > 0))
        await clickhouse.command(ch`delete from ${named(pointing.table)} where ${which}`);
      return counts;
    },
    search: count,
  };
}

function whichRows(
  { table, nodes, children }: Pointing,
  subjects: readonly ErasedSubject[],
): Statement | null {
  const hers = list(
    "UInt64",
    subjects.flatMap((subject) => [...subject.nodes]),
  );
  const ids = subjects.flatMap((subject) => [...subject.children]);
  const theirs = list("UInt64", ids);
  const anyone = subjects.some((subject) => subject.nodes.length > 0);
  const tests = [
    ...(anyone ? nodes.map((name) => ch`${named(name)} in ${hers}`) : []),
    ...(ids.length > 0 ? children.map((name) => ch`${named(name)} in ${theirs}`) : []),
    // A child stands in what we told of its stages.
    ...(ids.length > 0 && table === "event"
      ? [ch`(name = 'Stage Entered' and toUInt64OrZero(JSONExtractString(properties, 'child')) in ${theirs})`]
      : []),
  ];
  return tests.length === 0 ? null : joined(tests, " or ");
}

/** Names of tables and columns come from the engine's own catalogue. */
const named = (text: string): Statement => ({ text: `\`${text}\``, params: {} });
