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
const most = 10_000;

export function createSourceKeys(db: Db, now: () => number): SourceKeys {
  const known = new Map<string, { holder: Promise<KeyHolder | null>; until: number }>();
  return {
    find(writeKey) {
      const found = known.get(writeKey);
      if (found !== undefined && found.until > now()) return found.holder;
      // Wrong keys cost a look-up each; a flood of them must not fill the memory.
      if (known.size >= most) known.clear();
      const holder = findHolder(db, writeKey);
      known.set(writeKey, { holder, until: now() + rememberedMs });
      holder.catch(() => known.delete(writeKey));
      return holder;
    },
    forget: (writeKey) => void known.delete(writeKey),
  };
}

async function findHolder(db: Db, writeKey: string): Promise<KeyHolder | null> {
  if (writeKey.length > 200 || writeKey.includes("\0")) return null;
  const row = await db
    .selectFrom("source")
    .innerJoin("workspace", "workspace.id", "source.workspace_id")
    .select(["source.id as source", "workspace.id as workspace", "workspace.time_zone as zone"])
    .where("source.write_key", "=", writeKey)
    .where("source.removed_at", "is", null)
    .executeTakeFirst();
  return row ?? null;
}
