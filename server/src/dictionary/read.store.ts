import type { DictionaryEntry, DictionaryTask } from "@stork/contract/dictionary.ts";
import type { Db } from "../platform/postgres.ts";
import { findColumns } from "./columns.store.ts";
import { findDismissed, findSaid } from "./entries.store.ts";
import { type BareEntry, entriesOf } from "./entry.ts";
import { figures } from "./figures.ts";
import { lineageOf } from "./lineage.ts";
import { findSeen } from "./seen.store.ts";
import { tasksOf } from "./tasks.ts";
import { findUsers, usesOf } from "./uses.store.ts";

/** The whole dictionary of a workspace. It is thousands of names at most, so it is put together as it is asked for. */
export async function readDictionary(
  db: Db,
  workspace: number,
): Promise<{ entries: DictionaryEntry[]; tasks: DictionaryTask[] }> {
  const { bare } = await material(db, workspace);
  const tasks = tasksOf(bare, await findDismissed(db, workspace));
  const byEntry = Map.groupBy(tasks, ({ entry }) => entry);
  const entries = bare.map(({ against: _, ...entry }) => ({ ...entry, tasks: byEntry.get(entry.id) ?? [] }));
  return { entries: entries.sort(order), tasks };
}

export async function readLineage(db: Db, workspace: number, about: string | null) {
  const { bare, users } = await material(db, workspace);
  return lineageOf(bare, users, await findColumns(db, workspace), about);
}

async function material(db: Db, workspace: number) {
  const [seen, said, users] = await Promise.all([
    findSeen(db, workspace),
    findSaid(db, workspace),
    findUsers(db, workspace),
  ]);
  const bare: BareEntry[] = entriesOf({ seen, said, figures, uses: usesOf(users) });
  return { bare, users };
}

const kinds = ["event", "property", "trait", "record", "field", "tag", "metric"];

/** Events and their properties, traits, records and their fields, tags, figures; of a kind those that come most often first. */
function order(a: DictionaryEntry, b: DictionaryEntry): number {
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.rows - a.rows || (a.id < b.id ? -1 : 1);
}
