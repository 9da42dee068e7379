import { sql } from "kysely";
import type { PersonMap } from "../people/person-map.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { personsMatching } from "./compile.ts";
import { adjustMembership, newestVersion, rewriteMembership, type Stamp } from "./membership.store.ts";
import { findOwners, markFresh, type StoredSegment, savedSegments } from "./segments.store.ts";
import { beginWriting, endWriting, finishWriting } from "./writing.store.ts";

export interface KeeperParts {
  db: Db;
  clickhouse: ClickHouse;
  personMap: Pick<PersonMap, "settled">;
  clock: Clock;
}

interface Workspace {
  id: number;
  timeZone: string;
}

/** The most bound ids in one query: a cluster takes them in the address line of the request. */
const mostBound = 3_000;

/** Brings stored membership to what the conditions say: of one segment whole, or of some persons in all segments. */
export interface Keeper {
  rewrite(workspace: Workspace, segment: StoredSegment, all: readonly StoredSegment[]): Promise<void>;
  adjust(workspace: Workspace, nodes: readonly number[], all: readonly StoredSegment[]): Promise<void>;
}

export function createKeeper({ db, clickhouse, personMap, clock }: KeeperParts): Keeper {
  let version = 0;
  async function stamp(): Promise<Stamp> {
    if (version === 0) version = await newestVersion(clickhouse);
    const at = clock.now();
    version = Math.max(version + 1, at.getTime() * 1000);
    return { at, version };
  }

  /**
   * One server at a time for a workspace: what is noted as entering and leaving follows from the membership that is
   * stored, and two who looked at once would both note it.
   */
  function inTurn(workspace: number, work: () => Promise<void>): Promise<void> {
    return db.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(7185, ${workspace}::int)`.execute(connection);
      try {
        await finishWriting(db, clickhouse, workspace);
        await work();
      } finally {
        await sql`select pg_advisory_unlock(7185, ${workspace}::int)`.execute(connection);
      }
    });
  }

  const keeper: Keeper = {
    async rewrite(workspace, segment, all) {
      // Before the map has followed the newest joins, it would name persons who are no more.
      await personMap.settled();
      const mark = await stamp();
      const matching = personsMatching(workspace, segment.where, mark.at, { segments: savedSegments(all) });
      const noted = segment.freshAt !== null;
      const what = { workspace: workspace.id, segment: segment.id, matching, noted };
      if (noted) await beginWriting(db, workspace.id, mark);
      await rewriteMembership(clickhouse, what, mark);
      if (noted) await endWriting(db, workspace.id);
      await markFresh(db, [segment], mark.at);
    },
    async adjust(workspace, nodes, all) {
      const only = await findOwners(db, workspace.id, nodes);
      if (only.nodes.length === 0) return;
      const mark = await stamp();
      // A segment never worked out whole has no membership to adjust yet.
      const ready = all.filter(({ freshAt }) => freshAt !== null);
      const scope = { segments: savedSegments(all), only };
      await beginWriting(db, workspace.id, mark);
      const atOnce = Math.max(1, Math.floor(mostBound / only.nodes.length));
      for (let i = 0; i < ready.length; i += atOnce) {
        const some = ready.slice(i, i + atOnce).map(({ id, where }) => ({
          id,
          matching: personsMatching(workspace, where, mark.at, scope),
        }));
        await adjustMembership(clickhouse, workspace.id, some, only.nodes, mark);
      }
      await endWriting(db, workspace.id);
      await markFresh(db, ready, mark.at);
    },
  };
  return {
    rewrite: (workspace, segment, all) => inTurn(workspace.id, () => keeper.rewrite(workspace, segment, all)),
    adjust: (workspace, nodes, all) => inTurn(workspace.id, () => keeper.adjust(workspace, nodes, all)),
  };
}
