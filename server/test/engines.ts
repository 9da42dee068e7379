import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { ClickHouse } from "../src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../src/platform/clickhouse-embedded.ts";
import { handClock } from "../src/platform/clock.ts";
import { newKey } from "../src/platform/crypto.ts";
import { type Jobs, jobs, runDueJobs, type Tasks } from "../src/platform/jobs.ts";
import { type Log, silentLog } from "../src/platform/log.ts";
import { migrateClickHouse } from "../src/platform/migrations.ts";
import { type Db, openPostgres, type Postgres } from "../src/platform/postgres.ts";
import { workspaceKeyring } from "../src/platform/workspace-keys.store.ts";
import { createWorkspace, type WorkspaceRef } from "../src/platform/workspaces.store.ts";

export interface TestEngines {
  db: Db;
  postgres: Postgres;
  /** Where this file's own PostgreSQL database is. */
  connectionString: string;
  clickhouse: ClickHouse;
  clock: ReturnType<typeof handClock>;
  log: Log;
  jobs: Jobs;
  /** Runs the jobs that are due by the clock, and those they add, until none is left; answers how many. */
  runJobs(tasks: Tasks): Promise<number>;
  master: Buffer;
  workspaceKeys: ReturnType<typeof workspaceKeyring>;
  dir: string;
  close(): Promise<void>;
}

/** Both engines, real and empty, for one test file. Call close() in afterAll. */
export async function testEngines({ now = "2026-06-01T04:00:00Z" } = {}): Promise<TestEngines> {
  const log = silentLog();
  const dir = mkdtempSync(join(tmpdir(), "stork-engines-"));
  const { connectionString, drop } = await freshDatabase();
  const postgres = openPostgres({ connectionString }, log, 12);
  const clickhouse = await openEmbeddedClickHouse(join(dir, "clickhouse"));
  await migrateClickHouse(clickhouse, { cluster: null });
  const clock = handClock(now);
  const master = newKey();
  return {
    db: postgres.db,
    postgres,
    connectionString,
    clickhouse,
    clock,
    log,
    jobs,
    runJobs: (tasks) => runDueJobs(postgres.db, tasks, clock),
    master,
    workspaceKeys: workspaceKeyring(master),
    dir,
    async close() {
      await postgres.close();
      await clickhouse.close();
      await drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A workspace of its own for a test; slugs are made when none is given. */
export async function testWorkspace(
  engines: TestEngines,
  slug = `w-${randomBytes(4).toString("hex")}`,
): Promise<WorkspaceRef> {
  const organisationId = "test-organisation";
  await engines.db
    .insertInto("organization")
    .values({ id: organisationId, name: "测试", slug: "test", logo: null, metadata: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await createWorkspace(
    engines.db,
    engines.master,
    { slug, name: slug, organisationId },
    engines.clock,
  );
  if (!made) throw new Error(`workspace ${slug} exists already`);
  return made;
}

/** A copy of the run's migrated template. */
async function freshDatabase(): Promise<{ connectionString: string; drop: () => Promise<void> }> {
  const url = new URL(inject("postgres"));
  const server = url.toString();
  const name = `stork_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${name} template stork_template`);
  url.pathname = `/${name}`;
  return {
    connectionString: url.toString(),
    drop: () => onServer(server, `drop database ${name} with (force)`),
  };
}

async function onServer(connectionString: string, text: string): Promise<void> {
  const { pool, close } = openPostgres({ connectionString }, silentLog(), 1);
  // A template can be copied by one connection at a time.
  for (let tries = 0; ; tries += 1) {
    try {
      await pool.query(text);
      break;
    } catch (error) {
      if (tries > 50 || !/being accessed by other users/.test((error as Error).message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await close();
}
