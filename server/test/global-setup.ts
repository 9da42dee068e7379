import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrateJobs } from "../src/platform/jobs.ts";
import { silentLog } from "../src/platform/log.ts";
import { migratePostgres } from "../src/platform/migrations.ts";
import { openPostgres } from "../src/platform/postgres.ts";
import { startEmbeddedPostgres } from "../src/platform/postgres-embedded.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgres: string;
  }
}

interface Engine {
  connectionString: string;
  stop(): Promise<void>;
}

// Each project reads this file for itself; what they share is kept where all of them find it.
const shared = globalThis as { storkTestEngine?: { started: Promise<Engine>; users: number } | undefined };

/** One PostgreSQL for the whole run; every test file gets a copy of its migrated template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.storkTestEngine ??= { started: startEngine(), users: 0 };
  const used = shared.storkTestEngine;
  used.users += 1;
  const engine = await used.started;
  project.provide("postgres", engine.connectionString);
  return async () => {
    used.users -= 1;
    if (used.users > 0) return;
    shared.storkTestEngine = undefined;
    await engine.stop();
  };
}

async function startEngine(): Promise<Engine> {
  const dir = mkdtempSync(join(tmpdir(), "stork-test-"));
  chmodSync(dir, 0o711);
  const log = silentLog();
  const server = await startEmbeddedPostgres(dir, log, { durable: false, connections: 300 });
  const first = openPostgres(server.address, log, 1);
  await first.pool.query("create database stork_template");
  await first.close();
  const template = openPostgres(
    { connectionString: databaseOf(server.address.connectionString, "stork_template") },
    log,
    2,
  );
  await migratePostgres(template.db);
  await migrateJobs(template.pool, log);
  await template.close();
  return {
    connectionString: server.address.connectionString,
    async stop() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function databaseOf(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.toString();
}
