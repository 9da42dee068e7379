import type { DeviceSettings } from "@stork/contract/devices.ts";
import type { Source } from "@stork/contract/sources.ts";
import { instantOfWallTime, zoneOffset } from "../cleaning/zone.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findOldKeys } from "./old-keys.store.ts";
import { unknownSource } from "./refusals.ts";
import { findStandings } from "./source-figures.store.ts";
import type { SourceKeys } from "./source-keys.store.ts";
import { shownSource } from "./source-shown.ts";
import type { SourceWatch } from "./source-watch.store.ts";
import { findSource, type SourceRow } from "./sources.store.ts";

/** What a kind of source with settings of its own (devices) adds to the list. */
export interface SourceSettings {
  shown(workspace: number, row: SourceRow): Promise<Source["device"]>;
  /** Checks and stores; throws a refusal that says what is wrong. */
  save(workspace: number, source: number, device: DeviceSettings | undefined): Promise<void>;
  check(kind: Source["kind"], device: DeviceSettings | undefined): void;
  removed(row: SourceRow): Promise<void>;
}
export interface SourcesDeps {
  db: Db;
  clickhouse: ClickHouse;
  vault: Vault;
  clock: Clock;
  keys: SourceKeys;
  watch: SourceWatch;
  devices: SourceSettings;
}

export async function existingSource(db: Db, workspace: number, source: string): Promise<SourceRow> {
  const found = /^\d{1,9}$/.test(source) ? await findSource(db, workspace, Number(source)) : null;
  if (found === null) throw new Refusal(unknownSource);
  return found;
}

export async function showSources(
  { db, clock, watch, devices }: SourcesDeps,
  workspace: WorkspaceRef,
  rows: readonly SourceRow[],
  mayWrite: boolean,
): Promise<Source[]> {
  await watch.flush();
  const now = clock.now();
  const wall = now.getTime() + zoneOffset(workspace.timeZone, now.getTime());
  const todayFrom = new Date(instantOfWallTime(workspace.timeZone, wall - (wall % 86_400_000)));
  const ids = rows.map((row) => row.id);
  const standings = await findStandings(db, ids, { now, todayFrom });
  const oldKeys = await findOldKeys(db, ids, now);
  return Promise.all(
    rows.map(async (row) =>
      shownSource(
        row,
        standings.get(row.id),
        oldKeys.get(row.id) ?? [],
        await devices.shown(workspace.id, row),
        mayWrite,
      ),
    ),
  );
}

export async function showSource(
  deps: SourcesDeps,
  workspace: WorkspaceRef,
  row: SourceRow,
  mayWrite: boolean,
): Promise<Source> {
  return (await showSources(deps, workspace, [row], mayWrite))[0] as Source;
}
