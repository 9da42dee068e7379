import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Import } from "@stork/contract/imports.ts";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { fileSource } from "../src/events/sources.store.ts";
import { type ImportJobDeps, importTasks } from "../src/imports/import.job.ts";
import { planFiles } from "../src/imports/import-files.client.ts";
import { reportImport } from "../src/imports/import-report.ts";
import { findImport, type ImportRow, insertImport } from "../src/imports/imports.store.ts";
import type { People } from "../src/people/people.store.ts";
import { ch, u32 } from "../src/platform/clickhouse.ts";
import type { WorkspaceRef } from "../src/platform/workspaces.store.ts";
import { createRecords } from "../src/records/records.store.ts";
import { type TestEngines, testEngines, testWorkspace } from "./engines.ts";
import { testPeople } from "./people.ts";

/** What the test at hand works with: the engines of its file, a workspace and a folder of its own. */
interface Now {
  engines: TestEngines;
  people: People;
  deps: ImportJobDeps;
  workspace: WorkspaceRef;
  folder: string;
}

interface Given {
  name: string;
  path: string;
  bytes: number;
}

/** Imports as their job does them, for the tests of a file. */
export function importing() {
  const now = {} as Now;
  let folders = 0;

  beforeAll(async () => {
    const engines = await testEngines();
    const people = testPeople(engines);
    await people.prepare();
    const facts = { ...engines, ...people, onCommitted: [], cluster: null };
    const deps = {
      ...{ ...facts, dataDir: engines.dir, records: createRecords(facts) },
      rawFilesDays: async () => null,
    };
    mkdirSync(join(engines.dir, "uploads"), { recursive: true });
    Object.assign(now, { engines, people, deps });
  });
  beforeEach(async () => {
    now.workspace = await testWorkspace(now.engines);
    now.folder = join(now.engines.dir, `files-${folders++}`);
    mkdirSync(now.folder);
  });
  afterAll(async () => {
    now.people.stop();
    await now.engines.close();
  });

  function file(name: string, content: string | Buffer): Given {
    const path = join(now.folder, name);
    writeFileSync(path, content);
    return { name, path, bytes: Buffer.byteLength(content) };
  }
  async function start(preset: string, files: Given[], mappings = {}): Promise<number> {
    const { engines, workspace } = now;
    const planned = await planFiles(preset, files, { mappings });
    const startedAt = engines.clock.now();
    const source = await fileSource(engines.db, workspace.id, preset, startedAt);
    return insertImport(engines.db, engines.jobs, {
      workspace: workspace.id,
      source: source.id,
      preset,
      files: planned,
      startedAt,
    });
  }
  const row = async (id: number): Promise<ImportRow> => (await findImport(now.engines.db, id)) as ImportRow;
  async function importFiles(preset: string, files: Given[], mappings = {}): Promise<Import> {
    const id = await start(preset, files, mappings);
    await now.engines.runJobs(importTasks(now.deps));
    return reportImport(await row(id));
  }
  const stored = (columns: string) =>
    now.engines.clickhouse.query<Record<string, unknown>>({
      text: `select ${columns} from event_once where workspace = {p0:UInt32}`,
      params: ch`${u32(now.workspace.id)}`.params,
    });
  const children = () =>
    now.engines.db
      .selectFrom("child")
      .selectAll()
      .where("workspace_id", "=", now.workspace.id)
      .orderBy("born_on")
      .execute();
  return { now, file, start, row, importFiles, stored, children };
}

export const trades = "user_id,auction_id,category_2,category_1,buy_mount,day\n";
export const kids = "user_id,birthday,gender\n";
