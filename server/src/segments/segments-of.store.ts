import { type ClickHouse, ch, u32, u64 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { findSegments } from "./segments.store.ts";

/** The saved segments a person is in, and since when; for the person's page. */
export async function findSegmentsOf(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  person: number,
): Promise<{ id: string; name: string; since: string }[]> {
  const [segments, stored] = await Promise.all([
    findSegments(db, workspace),
    clickhouse.query<{ segment: number; entered: number }>(ch`
      select segment, toUnixTimestamp64Milli(entered) as entered from membership final
      where workspace = ${u32(workspace)} and person = ${u64(person)} and member = 1`),
  ]);
  const since = new Map(stored.map(({ segment, entered }) => [segment, new Date(entered).toISOString()]));
  return segments.flatMap(({ id, name }) => {
    const entered = since.get(id);
    return entered === undefined ? [] : [{ id: String(id), name, since: entered }];
  });
}
