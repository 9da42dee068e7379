import { type ClickHouse, ch, list, str, u32 } from "../platform/clickhouse.ts";

export interface ImputableRow {
  at: Date;
  values: Record<string, unknown>;
}

/** Some properties of an event's newest rows; what is not there is missing. What cleaning left out of sums is left out. */
export async function findImputableRows(
  clickhouse: Pick<ClickHouse, "query">,
  workspace: number,
  event: string,
  fields: readonly string[],
  most: number,
): Promise<ImputableRow[]> {
  const rows = await clickhouse.query<{ ms: number; raw: string[] }>(ch`
    select toUnixTimestamp64Milli(at) as ms,
      arrayMap(field -> JSONExtractRaw(properties, field), ${list("String", fields)}) as raw
    from event_once where workspace = ${u32(workspace)} and name = ${str(event)} and excluded = 0
    order by event_once.at desc limit ${u32(most)}`);
  return rows.map(({ ms, raw }) => ({
    at: new Date(Number(ms)),
    values: Object.fromEntries(fields.map((field, i) => [field, readValue(raw[i] ?? "")])),
  }));
}

function readValue(raw: string): unknown {
  if (raw === "") return null;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return null;
  }
}
