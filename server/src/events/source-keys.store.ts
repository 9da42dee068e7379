import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

/** Where an event came in, as the collector needs it. */
export interface KeyHolder {
  source: number;
  workspace: number;
  zone: string;
}

/** Finds the source of a write key; remembered for a few seconds, so that a removed source stops in all processes soon. */
export interface SourceKeys {
  find(writeKey: string): Promise<KeyHolder | null>;
  forget(writeKey: string): void;
}

const rememberedMs = 5_000;
/** From this age on a key is looked up anew beside the work, while it still counts: nobody who keeps sending waits for it. */
const freshMs = 4_000;
const most = 10_000;

interface Remembered {
  holder: Promise<KeyHolder | null>;
  until: number;
  /** Whether it is being looked up anew. */
  looking: boolean;
}

export function createSourceKeys(db: Db, now: () => number): SourceKeys {
  const known = new Map<string, Remembered>();
  const lookUp = (writeKey: string): Remembered => {
    const until = now() + rememberedMs;
    return { holder: findHolder(db, writeKey, now), until, looking: false };
  };

  async function lookAhead(writeKey: string, old: Remembered): Promise<void> {
    old.looking = true;
    const next = lookUp(writeKey);
    // When it fails, the first to come after the old one's time asks, and is told.
    const isFound = await next.holder.then(
      () => true,
      () => false,
    );
    // Forgotten meanwhile: the source may have been removed after we looked.
    if (isFound && known.get(writeKey) === old) known.set(writeKey, next);
    old.looking = false;
  }

  return {
    find(writeKey) {
      const found = known.get(writeKey);
      const left = found === undefined ? 0 : found.until - now();
      if (found !== undefined && left > 0) {
        if (left < rememberedMs - freshMs && !found.looking) void lookAhead(writeKey, found);
        return found.holder;
      }
      // Wrong keys cost a look-up each; a flood of them must not fill the memory.
      if (known.size >= most) known.clear();
      const one = lookUp(writeKey);
      known.set(writeKey, one);
      one.holder.catch(() => known.delete(writeKey));
      return one.holder;
    },
    forget: (writeKey) => void known.delete(writeKey),
  };
}

async function findHolder(db: Db, writeKey: string, now: () => number): Promise<KeyHolder | null> {
  if (writeKey.length > 200 || writeKey.includes("\0")) return null;
  const row = await db
    .selectFrom("source")
    .innerJoin("workspace", "workspace.id", "source.workspace_id")
    .select(["source.id as source", "workspace.id as workspace", "workspace.time_zone as zone"])
    .where("source.write_key", "=", writeKey)
    .where("source.removed_at", "is", null)
    .executeTakeFirst();
  return row ?? holderOfOldKey(db, writeKey, new Date(now()));
}

/** Whose an old key is; that it was used is written down, so that somebody can see when it no longer is. */
async function holderOfOldKey(db: Db, writeKey: string, now: Date): Promise<KeyHolder | null> {
  const { rows } = await sql<KeyHolder>`
    update source_old_key old set last_used_at = ${now}
    from source join workspace on workspace.id = source.workspace_id
    where old.write_key = ${writeKey} and old.ends_at > ${now}
      and source.id = old.source_id and source.removed_at is null
    returning source.id as source, workspace.id as workspace, workspace.time_zone as zone`.execute(db);
  return rows[0] ?? null;
}
