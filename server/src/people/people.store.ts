import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";
import { type Changes, createChanges } from "./change.store.ts";
import { recoverChildren } from "./child.store.ts";
import { createIdentity, type Identity, type OnChanged } from "./identity.store.ts";
import { createMirror } from "./mirror.store.ts";
import { createPersonMap, type PersonMap, type PersonMapPlace } from "./person-map.store.ts";
import type { ObeyWords, Settle } from "./settle.ts";
import { createRecorder, type RecordStatements } from "./statements.store.ts";
import { createUniter } from "./unite.store.ts";
import { createVault, type Vault } from "./vault.store.ts";

/** What the other rooms use of this one. */
export interface People {
  readonly vault: Vault;
  readonly identity: Identity;
  readonly personMap: PersonMap;
  readonly recordStatements: RecordStatements;
  /** Who is who by somebody's word: merge, part, undo. */
  readonly changes: Changes;
  /** Told which persons became others, before the change is acknowledged; later rooms add theirs. */
  readonly onChanged: OnChanged[];
  /** Told of whom a child was stated, corrected or removed, by whomever; later rooms add theirs. */
  readonly onChildren: ((workspace: number, nodes: readonly number[]) => void)[];
  /** What is put right about children whenever persons, children or words on them change; later rooms add theirs. */
  readonly settling: Settle[];
  /** Told of systems' words that may be said of one child alone, in their transaction; later rooms add theirs. */
  readonly obeying: ObeyWords[];
  /** Puts the children of whoever these nodes are right again, after words about them were taken back. */
  settleChildren(workspace: number, nodes: readonly number[]): Promise<void>;
  /** Tells them: for the rooms that write children themselves. */
  childrenChanged(workspace: number, nodes: readonly number[]): void;
  /** Makes the map's dictionary and brings ClickHouse's copies up to PostgreSQL; after the migrations, before any request. */
  prepare(): Promise<void>;
  stop(): void;
}

export interface PeopleParts {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  log: Log;
  keysOf(workspace: number): Promise<WorkspaceKeys>;
  place?: PersonMapPlace;
}

export function openPeople({ db, clickhouse, clock, log, keysOf, place = {} }: PeopleParts): People {
  const vault = createVault(keysOf);
  const personMap = createPersonMap(clickhouse, log, place);
  const mirror = createMirror(db, clickhouse, personMap);
  const settling: Settle[] = [];
  const obeying: ObeyWords[] = [];
  const uniter = createUniter({ db, clickhouse, clock }, settling);
  const told: OnChanged[] = [];
  const onChanged: OnChanged = async (workspace, persons) => {
    await uniter.unite(workspace, persons);
    for (const tell of told) await tell(workspace, persons);
  };
  const onChildren: People["onChildren"] = [];
  const childrenChanged: People["childrenChanged"] = (workspace, nodes) => {
    for (const tell of onChildren) tell(workspace, nodes);
  };
  return {
    vault,
    personMap,
    onChildren,
    settling,
    obeying,
    settleChildren: uniter.settle,
    childrenChanged,
    onChanged: told,
    identity: createIdentity({ db, vault, mirror, clock, onChanged }),
    changes: createChanges({ db, clock, mirror, personMap, onChanged }),
    recordStatements: createRecorder({
      ...{ db, clickhouse, vault, clock, childrenChanged, settling, obeying },
    }),
    async prepare() {
      await personMap.prepare();
      await mirror.recover();
      await recoverChildren(db, clickhouse);
      await uniter.recover();
    },
    stop: () => personMap.stop(),
  };
}
