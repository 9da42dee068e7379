import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

/**
 * Whoever said something, by name where a source said it (`source:4`, or the source of `import:7`). Users and programs
 * stay codes: whoever asks knows best how to call them.
 */
export async function whoSaid(
  db: Db,
  workspace: number,
  codes: readonly string[],
): Promise<(code: string) => string> {
  const idsOf = (kind: string) =>
    codes.flatMap((code) => new RegExp(`^${kind}:(\\d{1,9})$`).exec(code)?.[1] ?? []).map(Number);
  const [sources, imports] = [idsOf("source"), idsOf("import")];
  if (sources.length + imports.length === 0) return (code) => code;
  const { rows } = await sql<{ code: string; name: string }>`
    select 'source:' || id as code, name from source
      where workspace_id = ${workspace} and id = any(${sources}::int[])
    union all
    select 'import:' || import.id, source.name from import join source on source.id = import.source_id
      where import.workspace_id = ${workspace} and import.id = any(${imports}::int[])`.execute(db);
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  return (code) => names.get(code) ?? code;
}
