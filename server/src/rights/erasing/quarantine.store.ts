import { sql } from "kysely";
import type { Vault } from "../../people/vault.store.ts";
import type { ErasedSubject, Eraser } from "../../platform/eraser.ts";
import type { Db } from "../../platform/postgres.ts";
import { saidOf } from "./said.ts";

const slice = 2_000;

/** Refused items are sealed whole, and nobody knows whose they are: each is opened and looked into. */
export function quarantineEraser({ db, vault }: { db: Db; vault: Vault }): Eraser {
  const idsOf = async (subject: ErasedSubject): Promise<number[]> => {
    const said = saidOf(subject);
    if (said === null) return [];
    await vault.ready(subject.workspace);
    const ids: number[] = [];
    for (let after = 0; ; ) {
      const { rows } = await sql<{ id: number; sealed: Buffer }>`
        select id, sealed_item as sealed from quarantine
        where workspace_id = ${subject.workspace} and sealed_item is not null and id > ${after}
        order by id limit ${slice}`.execute(db);
      for (const { id, sealed } of rows) if (said.test(vault.open(subject.workspace, sealed))) ids.push(id);
      const last = rows.at(-1);
      if (last === undefined || rows.length < slice) return ids;
      after = last.id;
    }
  };
  return {
    place: "postgres: quarantine (sealed)",
    words: { zh: "待处理的拒收数据", en: "Refused items, sealed" },
    erase: async (subjects) => {
      const counts: number[] = [];
      for (const subject of subjects) {
        const ids = await idsOf(subject);
        await sql`
          update quarantine set sealed_item = null, state = 'dropped', note = 'erased',
            ended_at = coalesce(ended_at, at)
          where id = any(${ids}::bigint[])`.execute(db);
        counts.push(ids.length);
      }
      return counts;
    },
    search: async (subject) => (await idsOf(subject)).length,
  };
}
