import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { type ClickHouse, ch, str } from "./clickhouse.ts";
import { type Place, placed, statementsOf } from "./clickhouse-ddl.ts";
import type { Db } from "./postgres.ts";
import { Trouble } from "./trouble.ts";

const folder = join(import.meta.dirname, "../../migrations");

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

type Done = { name: string; checksum: string };

function migrationsIn(engine: "postgres" | "clickhouse"): Migration[] {
  return readdirSync(join(folder, engine))
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, engine, name), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    });
}

/** What is still to do. Forward only: a migration that ran and changed or vanished since is another version's data. */
export function pending(known: readonly Migration[], done: readonly Done[]): Migration[] {
  for (const { name, checksum } of done) {
    const mine = known.find((migration) => migration.name === name);
    if (mine?.checksum === checksum) continue;
    throw new Trouble(
      `数据由另一个版本的育见建立（${name} 不同）。请用原来的版本启动，或换一个数据目录 STORK_DATA。`,
      `The data was made by another version of Stork (${name} differs). Start that version, or use another folder in STORK_DATA.`,
    );
  }
  return known.filter(({ name }) => !done.some((migration) => migration.name === name));
}

/** Each migration and its record commit together; two servers starting at once take turns. */
export async function migratePostgres(db: Db): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7180)`.execute(tx);
    await sql`create table if not exists migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(
      tx,
    );
    const { rows } = await sql<Done>`select name, checksum from migration`.execute(tx);
    const todo = pending(migrationsIn("postgres"), rows);
    for (const { name, checksum, text } of todo) {
      await sql.raw(text).execute(tx);
      await sql`insert into migration (name, checksum) values (${name}, ${checksum})`.execute(tx);
    }
    return todo.length;
  });
}

/** The engine has no transactions over definitions: every statement may be run again, the record comes last. */
export async function migrateClickHouse(clickhouse: ClickHouse, place: Place): Promise<number> {
  const record = `create table migration (
    name String, checksum String, applied_at DateTime64(3, 'UTC') default now64(3)
  ) engine = ReplacingMergeTree(applied_at) order by name`;
  for (const text of placed(record, place)) await clickhouse.command({ text, params: {} });
  const done = await clickhouse.query<Done>(ch`select name, checksum from migration final`);
  const todo = pending(migrationsIn("clickhouse"), done);
  for (const { name, checksum, text } of todo) {
    for (const statement of statementsOf(text)) {
      for (const each of placed(statement, place)) await clickhouse.command({ text: each, params: {} });
    }
    await clickhouse.command(
      ch`insert into migration (name, checksum) values (${str(name)}, ${str(checksum)})`,
    );
  }
  return todo.length;
}
