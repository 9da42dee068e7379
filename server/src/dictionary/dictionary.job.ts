import type { OnCommitted } from "../events/commit.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import type { OnKept } from "../records/records.store.ts";
import { Learner } from "./learner.ts";
import {
  findUnlearned,
  findWithoutRecords,
  learnFromRecords,
  learnFromStored,
  recordSightings,
} from "./seen.store.ts";

export interface LearningParts {
  db: Db;
  clickhouse: ClickHouse;
  log: Log;
}

export interface Learning {
  onCommitted: OnCommitted;
  onKept: OnKept;
  /** Writes down what was gathered. */
  flush(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const everyMs = 10_000;

/**
 * Learns the names that arrive. What was gathered since the last writing is lost when the process is killed; the next
 * rows with the same names bring it again, so a dictionary is never wrong for longer than a name stays away.
 */
export function openLearning({ db, clickhouse, log }: LearningParts): Learning {
  const learner = new Learner();
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const write = async (): Promise<void> => {
    if (learner.overflow > 0)
      log.warn({ event: "dictionary-overflow", names: learner.overflow }, "more new names than are kept");
    const sightings = learner.take();
    if (sightings.length === 0) return;
    try {
      await recordSightings(db, sightings);
    } catch (error) {
      learner.giveBack(sightings);
      log.warn(
        { event: "dictionary-not-written", error: (error as Error).name },
        "names not written down yet",
      );
    }
  };
  const flush = (): Promise<void> => {
    turn = turn.then(write);
    return turn;
  };
  const catchUp = async (): Promise<void> => {
    for (const workspace of await findUnlearned(db))
      await recordSightings(db, await learnFromStored(clickhouse, workspace));
    for (const workspace of await findWithoutRecords(db))
      await recordSightings(db, await learnFromRecords(clickhouse, workspace));
  };
  return {
    onCommitted: (workspace, _nodes, _names, rows) => learner.see(workspace, rows),
    onKept: (origin, records) => learner.seeRecords(origin, records),
    flush,
    start() {
      turn = turn.then(catchUp).catch((error: Error) => {
        log.warn({ event: "dictionary-not-learned", error: error.name }, "stored names not learned");
      });
      timer = setInterval(() => void flush(), everyMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
