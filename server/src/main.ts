import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { type DemoParts, makeDemo, openDemoMailbox } from "./demo/demo.job.ts";
import { mailboxRoutes } from "./demo/mailbox.routes.ts";
import { openLearning } from "./dictionary/dictionary.job.ts";
import { dictionaryRoutes } from "./dictionary/dictionary.routes.ts";
import { createBodies } from "./events/bodies.routes.ts";
import { collectRoutes } from "./events/collect.routes.ts";
import type { OnCommitted } from "./events/commit.store.ts";
import { findTopics } from "./events/device-sources.store.ts";
import { createDeviceSubscribers } from "./events/device-subscribers.client.ts";
import { deviceSettings, devicesRoutes } from "./events/devices.routes.ts";
import { type Events, openEvents } from "./events/events.store.ts";
import { createIntake, type OnRefused } from "./events/intake.ts";
import { quarantineRoutes } from "./events/quarantine.routes.ts";
import type { QuarantinedKinds } from "./events/quarantine.ts";
import { quarantinedDevices, quarantinedEvents } from "./events/quarantined-events.ts";
import { refusedKeeper } from "./events/refused-keeper.store.ts";
import { segmentSettingsRoutes } from "./events/segment-settings.routes.ts";
import { sensorsRoutes, type TakeThings } from "./events/sensors.routes.ts";
import { createSourceWatch } from "./events/source-watch.store.ts";
import { sourcesRoutes } from "./events/sources.routes.ts";
import { importTasks } from "./imports/import.job.ts";
import { importsRoutes } from "./imports/imports.routes.ts";
import { requeueImports } from "./imports/imports.store.ts";
import { mappingsRoutes } from "./imports/mappings.routes.ts";
import { quarantinedRows } from "./imports/quarantined-rows.store.ts";
import { createDeliverer } from "./messages/deliver.client.ts";
import { messagesRoutes } from "./messages/messages.routes.ts";
import { messagesTasks, watchCampaigns } from "./messages/tasks.job.ts";
import { outcomesRoutes } from "./outcomes/outcomes.routes.ts";
import { openPeople } from "./people/people.store.ts";
import { keyedHash } from "./platform/crypto.ts";
import { freeBytes } from "./platform/data-folder.ts";
import { openDoor } from "./platform/door.ts";
import { organisationId } from "./platform/instance.store.ts";
import type { App, Ground } from "./platform/instance.ts";
import { jobs, type Tasks } from "./platform/jobs.ts";
import { removeRaw } from "./platform/raw-files.client.ts";
import { runServer } from "./platform/server.ts";
import { version } from "./platform/version.ts";
import { workspaceKeyring } from "./platform/workspace-keys.store.ts";
import type { WorkspaceRef } from "./platform/workspaces.store.ts";
import { familiesRoutes } from "./profiles/families.routes.ts";
import type { ProfileParts } from "./profiles/person.store.ts";
import { personsRoutes } from "./profiles/persons.routes.ts";
import { qualityRoutes } from "./quality/quality.routes.ts";
import { tellDue } from "./quality/tell.client.ts";
import { qualityTasks, Watch } from "./quality/watch.job.ts";
import { quarantinedRecords } from "./records/quarantined-records.ts";
import { recordsRoutes } from "./records/records.routes.ts";
import { createRecords } from "./records/records.store.ts";
import { keepSensedProducts } from "./records/sensed-products.ts";
import { readItem } from "./records/take-batch.store.ts";
import { Refresher } from "./segments/refresher.job.ts";
import { segmentsRoutes } from "./segments/segments.routes.ts";
import { findSegments } from "./segments/segments.store.ts";
import { findSegmentsOf } from "./segments/segments-of.store.ts";
import { backupRoutes } from "./storage/backup.routes.ts";
import { coldFiles } from "./storage/cold.client.ts";
import { lifeCycleTasks, scheduleDaily } from "./storage/life-cycle.job.ts";
import { deletesAfterDays } from "./storage/settings.store.ts";
import { storageRoutes } from "./storage/storage.routes.ts";
import { createNotices } from "./webhooks/notices.job.ts";
import { createSender } from "./webhooks/sender.job.ts";
import { webhooksRoutes } from "./webhooks/webhooks.routes.ts";

/** The one place where the rooms meet, in their order; each is handed what it needs of those before it. */
export async function buildApp(ground: Ground): Promise<App> {
  const { http, signInLink } = await openDoor(ground);
  const house: House = {
    ...ground,
    db: ground.postgres.db,
    http,
    tasks: {},
    closing: [],
    tellingHistory: false,
  };
  const known = await know(house);
  const collected = await collect(house, known);
  const chosen = choose(house, known, collected);
  const reached = await reach(house, known, chosen);
  tellOthers(house, known, collected);
  measure(house, known);
  watchOver(house, known, collected, reached);
  explain(house, collected);
  await keep(house, chosen);
  const ensureDemo = await openDemo(house, collected, chosen, reached);
  return {
    http,
    tasks: house.tasks,
    signInLink,
    ensureDemo,
    async stop() {
      for (const close of house.closing.toReversed()) await close();
    },
  };
}

/** What every room may be handed; rooms add their background work, and what is to be let go of, last opened first. */
interface House extends Ground {
  db: Ground["postgres"]["db"];
  http: FastifyInstance;
  tasks: Tasks;
  closing: (() => Promise<void> | void)[];
  /** While the demo's past is being told. */
  tellingHistory: boolean;
}

type Known = Awaited<ReturnType<typeof know>>;
type Collected = Awaited<ReturnType<typeof collect>>;
type Chosen = ReturnType<typeof choose>;
type Reached = Awaited<ReturnType<typeof reach>>;
type SegmentsOf = ProfileParts["segmentsOf"];

/** Who it is: nodes, persons, the vault. */
async function know(house: House) {
  const { db, clickhouse, clock, log, master, cluster } = house;
  const keyring = workspaceKeyring(master);
  const keysOf = (workspace: number) => keyring(db, workspace);
  const people = openPeople({ db, clickhouse, clock, log, keysOf, place: { cluster } });
  await people.prepare();
  house.closing.push(() => people.stop());
  return { people, keysOf };
}

/** What they did: sources, the collector, files. What is committed wakes the segments, which come later. */
async function collect(house: House, { people }: Known) {
  const { db, clickhouse, clock, log, http, dataDir } = house;
  const { vault, identity, recordStatements } = people;
  const onCommitted: OnCommitted[] = [];
  const onRepeated: ((workspace: number, source: number, count: number) => void)[] = [];
  const { collector, keys, prepare } = openEvents({ db, clickhouse, clock, people, onCommitted, onRepeated });
  await prepare();
  const kinds: QuarantinedKinds = {};
  quarantineRoutes(http, { db, vault, clock, kinds });
  const live = listen(house, { people, collector, keys, onCommitted, kinds });
  const facts = { db, clickhouse, clock, vault, identity, recordStatements, onCommitted };
  const records = createRecords({ ...facts, cluster: house.cluster });
  kinds.row = quarantinedRows({ db, records });
  live.things.take = keepSensedProducts({ readItem, commit: records.commit });
  recordsRoutes(http, { db, clickhouse, clock, vault, records });
  kinds.record = quarantinedRecords({ readItem, commit: records.commit });
  const rawFilesDays = (workspace: number) => deletesAfterDays(db, workspace, "raw-files");
  const importing = { ...facts, jobs, log, dataDir, records, rawFilesDays };
  importsRoutes(http, importing);
  mappingsRoutes(http, { db, clock });
  Object.assign(house.tasks, importTasks(importing));
  await requeueImports(db, jobs);
  return { collector, onCommitted, onRepeated, ...live };
}

/** Every protocol that says live what happened; what is refused is counted, shown, and kept to be put right. */
function listen(
  house: House,
  parts: Pick<Known, "people"> &
    Pick<Events, "collector" | "keys"> & { onCommitted: OnCommitted[]; kinds: QuarantinedKinds },
) {
  const { db, clickhouse, clock, log, http, master } = house;
  const { people, collector, keys, onCommitted, kinds } = parts;
  const { vault } = people;
  const watch = createSourceWatch({ db, clickhouse, clock, log });
  onCommitted.push(watch.onCommitted);
  watch.start();
  house.closing.push(() => watch.stop());
  const onRefused: OnRefused[] = [];
  const keepRefused = refusedKeeper({ db, vault });
  const intake = createIntake({ collector, log, watch, onRefused, keepRefused });
  const things: { take: TakeThings | null } = { take: null };
  const bodies = createBodies();
  collectRoutes(http, { intake, bodies, keys, clock });
  segmentSettingsRoutes(http, { keys });
  sensorsRoutes(http, { intake, bodies, keys, clock, takeThings: () => things.take });
  house.closing.push(() => collector.drained());
  const instance = keyedHash(master, "mqtt").toString("hex").slice(0, 8);
  const subscribers = createDeviceSubscribers({ db, vault, clock, log, intake, instance });
  subscribers.start();
  house.closing.push(() => subscribers.stop());
  const devicesDeps = { db, vault, clock, refresh: () => subscribers.refresh() };
  devicesRoutes(http, devicesDeps);
  sourcesRoutes(http, { db, clickhouse, clock, vault, keys, watch, devices: deviceSettings(devicesDeps) });
  const topicsOf = (workspace: number, source: number) => findTopics(db, workspace, source);
  const replaying = { intake, clock, topicsOf };
  kinds.event = quarantinedEvents(replaying);
  kinds.device = quarantinedDevices(replaying);
  return { onRefused, things };
}

/** How they are seen, and whom to choose: families, one person's page; conditions, membership kept fresh. */
function choose(house: House, { people }: Known, { onCommitted }: Collected) {
  const { db, clickhouse, clock, log, http } = house;
  const { vault, personMap } = people;
  const engines = { db, clickhouse, clock };
  familiesRoutes(http, { ...engines, vault });
  const segmentsOf: SegmentsOf = (workspace, person) => findSegmentsOf(engines, workspace, person);
  personsRoutes(http, { ...engines, vault, segmentsOf });
  const refresher = new Refresher({ ...engines, personMap, log });
  const touched = (workspace: number, nodes: readonly number[]) => refresher.touched(workspace, nodes);
  onCommitted.push(touched);
  segmentsRoutes(http, { ...engines, refresher, personMap, vault });
  refresher.start();
  house.closing.push(() => refresher.stop());
  return { refresher, touched };
}

/** What to say to them: campaigns, channels, the gate. */
async function reach(house: House, { people, keysOf }: Known, { touched }: Chosen) {
  const { db, clickhouse, clock, log, http, publicUrl } = house;
  const parts = {
    ...{ db, clickhouse, clock, jobs, log, vault: people.vault, keysOf, publicUrl },
    onFacts: touched,
  };
  const deliverer = createDeliverer(clock);
  house.closing.push(() => deliverer.close());
  await messagesRoutes(http, parts, deliverer);
  const campaigns = await watchCampaigns(parts, deliverer);
  house.closing.push(() => campaigns.stop());
  Object.assign(house.tasks, messagesTasks(parts, deliverer));
  return { messages: parts, deliverer };
}

/** Whom to tell, outside, that something changed. */
function tellOthers(house: House, { people }: Known, { onCommitted }: Collected): void {
  const { db, clickhouse, clock, log, http } = house;
  const sending = { db, clock, log, vault: people.vault, chance: Math.random };
  const sender = createSender(sending);
  const notices = createNotices({ db, clickhouse, clock, log, wake: sender.wake });
  onCommitted.push(notices.onCommitted);
  webhooksRoutes(http, { ...sending, changed: notices.changed, wake: sender.wake });
  sender.start();
  notices.start();
  house.closing.push(() => sender.stop());
  house.closing.push(() => notices.stop());
}

/** What it changed: figures, campaigns against their holdouts. */
function measure(house: House, { people }: Known): void {
  const { db, clickhouse, clock, http } = house;
  outcomesRoutes(http, { db, clickhouse, clock, personMap: people.personMap });
}

/** Whether it can be trusted: counts what arrives, finds what is out of bounds, tells staff. */
function watchOver(
  house: House,
  { people }: Known,
  { onCommitted, onRefused, onRepeated }: Collected,
  { deliverer }: Reached,
): void {
  const { db, clickhouse, clock, log, http, publicUrl } = house;
  const { vault } = people;
  const telling = { db, vault, log, deliverer, publicUrl };
  const watch = new Watch({ db, clickhouse, clock, log, tellDue: (now) => tellDue(telling, now) });
  // Months of a demo's past that arrive within a minute are no lateness.
  onCommitted.push((...told) => (house.tellingHistory ? undefined : watch.onCommitted(...told)));
  onRefused.push(watch.onRefused);
  onRepeated.push(watch.onRepeated);
  qualityRoutes(http, { db, clickhouse, clock, vault, watch });
  Object.assign(house.tasks, qualityTasks(watch));
  watch.start();
  house.closing.push(() => watch.stop());
}

/** What the names mean, where they come from and who uses them. */
function explain(house: House, { onCommitted }: Collected): void {
  const { db, clickhouse, clock, log, http } = house;
  const learning = openLearning({ db, clickhouse, log });
  onCommitted.push(learning.onCommitted);
  dictionaryRoutes(http, { db, clock, flush: learning.flush });
  learning.start();
  house.closing.push(() => learning.stop());
}

/** How long it is kept, and where: tiers, legal holds, backups. */
async function keep(house: House, { refresher }: Chosen): Promise<void> {
  const { db, postgres, clickhouse, clock, master, http, dataDir } = house;
  const onFactsMoved = async (workspace: WorkspaceRef) => {
    for (const { id } of await findSegments(db, workspace.id)) await refresher.evaluate(workspace, id);
  };
  const cold = clickhouse.embedded ? coldFiles(dataDir) : null;
  const removeRawFiles = (paths: readonly string[]) => removeRaw(dataDir, paths);
  const parts = { db, clickhouse, clock, jobs, cold, onFactsMoved, removeRawFiles };
  storageRoutes(http, { ...parts, freeBytes: () => freeBytes(dataDir) });
  backupRoutes(http, { postgres, clickhouse, clock, dataDir, version, master });
  Object.assign(house.tasks, lifeCycleTasks(parts));
  await scheduleDaily(parts);
}

/** A town to try it all on. */
async function openDemo(
  house: House,
  { collector }: Collected,
  { refresher }: Chosen,
  { messages }: Reached,
): Promise<App["ensureDemo"]> {
  let mailbox = await openDemoMailbox({ messages });
  house.closing.push(() => mailbox?.close());
  mailboxRoutes(house.http, () => mailbox);
  const evaluate: DemoParts["evaluate"] = (workspace, segment) => refresher.evaluate(workspace, segment);
  const demo = { messages, collector, master: house.master, organisationId, evaluate };
  return async (tell) => {
    house.tellingHistory = true;
    try {
      mailbox = await makeDemo(demo, mailbox, tell);
    } finally {
      house.tellingHistory = false;
    }
  };
}

if (import.meta.main) {
  await runServer({
    env: process.env,
    entry: import.meta.filename,
    consoleDir: join(import.meta.dirname, "../../console/dist"),
    build: buildApp,
  });
}
