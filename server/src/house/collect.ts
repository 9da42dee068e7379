import type { OnCommitted, OnCommitting } from "../events/commit.store.ts";
import { openEvents } from "../events/events.store.ts";
import { quarantineRoutes } from "../events/quarantine.routes.ts";
import type { QuarantinedKinds } from "../events/quarantine.ts";
import { importTasks } from "../imports/import.job.ts";
import { importsRoutes } from "../imports/imports.routes.ts";
import { requeueImports } from "../imports/imports.store.ts";
import { mappingsRoutes } from "../imports/mappings.routes.ts";
import { quarantinedRows } from "../imports/quarantined-rows.store.ts";
import { resealRawFiles } from "../imports/raw-files.store.ts";
import { jobs } from "../platform/jobs.ts";
import { keyRotationTasks, type Reseal } from "../privacy/key-rotation.job.ts";
import { keysRoutes } from "../privacy/keys.routes.ts";
import { quarantinedRecords } from "../records/quarantined-records.ts";
import { recordsRoutes } from "../records/records.routes.ts";
import { createRecords, type OnKept } from "../records/records.store.ts";
import { keepSensedProducts } from "../records/sensed-products.ts";
import { readItem } from "../records/take-batch.store.ts";
import { deletesAfterDays } from "../storage/settings.store.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";
import { listen } from "./listen.ts";

/** What they did: sources, the collector, files. What is committed wakes the segments, which come later. */
export async function collect(house: House, { people }: Known) {
  const { db, clickhouse, clock, log, http, dataDir } = house;
  const { vault, identity, personMap, recordStatements, settleChildren } = people;
  const onCommitting: OnCommitting[] = [];
  const onCommitted: OnCommitted[] = [];
  const onRepeated: ((workspace: number, source: number, count: number) => void)[] = [];
  const onKept: OnKept[] = [];
  const { collector, commit, keys, prepare } = openEvents({
    db,
    clickhouse,
    clock,
    people,
    onCommitting,
    onCommitted,
    onRepeated,
  });
  await prepare();
  const kinds: QuarantinedKinds = {};
  quarantineRoutes(http, { db, vault, clock, kinds });
  const live = listen(house, { people, collector, keys, onCommitted, kinds });
  const facts = { db, clickhouse, clock, vault, identity, recordStatements, onCommitted };
  const records = createRecords({
    ...{ ...facts, cluster: house.cluster },
    onKept: (...kept) => {
      for (const told of onKept) told(...kept);
    },
  });
  kinds.row = quarantinedRows({ db, records });
  live.things.take = keepSensedProducts({ readItem, commit: records.commit });
  recordsRoutes(http, { db, clickhouse, clock, vault, records });
  kinds.record = quarantinedRecords({ readItem, commit: records.commit });
  const rawFilesDays = (workspace: number) => deletesAfterDays(db, workspace, "raw-files");
  const importing = { ...facts, personMap, settleChildren, jobs, log, dataDir, records, rawFilesDays };
  importsRoutes(http, importing);
  mappingsRoutes(http, { db, clock });
  Object.assign(house.tasks, importTasks(importing));
  await requeueImports(db, jobs);
  const rawFiles = { db, vault, clock, dataDir };
  const resealRaw: Reseal = (workspace, signal) => resealRawFiles(rawFiles, workspace, signal);
  const rotation = { db, vault, clock, jobs, master: house.master, alsoSealed: [resealRaw] };
  keysRoutes(http, rotation);
  Object.assign(house.tasks, keyRotationTasks(rotation));
  return { collector, commit, onCommitting, onCommitted, onRepeated, onKept, ...live };
}

export type Collected = Awaited<ReturnType<typeof collect>>;
