import { join } from "node:path";
import { type DemoParts, makeDemo, openDemoMailbox } from "./demo/demo.job.ts";
import { mailboxRoutes } from "./demo/mailbox.routes.ts";
import { collectRoutes } from "./events/collect.routes.ts";
import type { OnCommitted } from "./events/commit.store.ts";
import { openEvents } from "./events/events.store.ts";
import { sourcesRoutes } from "./events/sources.routes.ts";
import { importTasks } from "./imports/import.job.ts";
import { importsRoutes } from "./imports/imports.routes.ts";
import { requeueImports } from "./imports/imports.store.ts";
import { createDeliverer } from "./messages/deliver.client.ts";
import { messagesRoutes } from "./messages/messages.routes.ts";
import { messagesTasks, watchCampaigns } from "./messages/tasks.job.ts";
import { outcomesRoutes } from "./outcomes/outcomes.routes.ts";
import { openPeople } from "./people/people.store.ts";
import { accessRoutes } from "./platform/access.routes.ts";
import { createAccess } from "./platform/access.store.ts";
import { createAuth } from "./platform/auth.ts";
import { keyedHash } from "./platform/crypto.ts";
import { freeBytes } from "./platform/data-folder.ts";
import { healthRoutes } from "./platform/health.routes.ts";
import { createHttp } from "./platform/http.ts";
import { ensureOwner, organisationId, ownerLink } from "./platform/instance.store.ts";
import type { App, Ground } from "./platform/instance.ts";
import { jobs } from "./platform/jobs.ts";
import { runServer } from "./platform/server.ts";
import { version } from "./platform/version.ts";
import { workspaceKeyring } from "./platform/workspaces.store.ts";
import { familiesRoutes } from "./profiles/families.routes.ts";
import type { ProfileParts } from "./profiles/person.store.ts";
import { personsRoutes } from "./profiles/persons.routes.ts";
import { Refresher } from "./segments/refresher.job.ts";
import { segmentsRoutes } from "./segments/segments.routes.ts";
import { findSegmentsOf } from "./segments/segments-of.store.ts";

/** The one place where the rooms meet, in their order; each is handed what it needs of those before it. */
export async function buildApp(ground: Ground): Promise<App> {
  const { postgres, clickhouse, clock, log, master, dataDir, publicUrl } = ground;
  const { db } = postgres;
  const engines = { db, clickhouse, clock };
  const { http, signInLink } = await openDoor(ground);

  // Who it is: nodes, persons, the vault.
  const keyring = workspaceKeyring(master);
  const keysOf = (workspace: number) => keyring(db, workspace);
  const people = openPeople({ ...engines, log, keysOf, place: { cluster: ground.cluster } });
  await people.prepare();
  const { vault, identity, personMap, recordStatements } = people;

  // What they did: sources, the collector, files. What is committed wakes the segments, which come later.
  const onCommitted: OnCommitted[] = [];
  const { collector, keys, prepare: prepareEvents } = openEvents({ ...engines, people, onCommitted });
  await prepareEvents();
  collectRoutes(http, { collector, keys, clock, log });
  sourcesRoutes(http, { ...engines, vault, keys });
  const importing = { ...engines, jobs, log, vault, identity, recordStatements, onCommitted, dataDir };
  importsRoutes(http, importing);
  await requeueImports(db, jobs);

  // How they are seen: families, one person's page.
  familiesRoutes(http, { ...engines, vault });
  const segmentsOf: SegmentsOf = (workspace, person) => findSegmentsOf(engines, workspace, person);
  personsRoutes(http, { ...engines, vault, segmentsOf });

  // Whom to choose: conditions, membership kept fresh.
  const refresher = new Refresher({ ...engines, personMap, log });
  const touched: OnCommitted = (workspace, nodes) => refresher.touched(workspace, nodes);
  onCommitted.push(touched);
  segmentsRoutes(http, { ...engines, refresher, personMap, vault });
  refresher.start();

  // What to say to them: campaigns, channels, the gate.
  const messages = { ...engines, jobs, log, vault, keysOf, publicUrl, onFacts: touched };
  const deliverer = createDeliverer(clock);
  await messagesRoutes(http, messages, deliverer);
  const campaigns = await watchCampaigns(messages, deliverer);

  // What it changed: figures, campaigns against their holdouts.
  outcomesRoutes(http, { ...engines, personMap });

  // A town to try it all on.
  let mailbox = await openDemoMailbox({ messages });
  mailboxRoutes(http, () => mailbox);
  const evaluate: DemoParts["evaluate"] = (workspace, segment) => refresher.evaluate(workspace, segment);
  const demo = { messages, collector, master, organisationId, evaluate };

  return {
    http,
    tasks: { ...importTasks(importing), ...messagesTasks(messages, deliverer) },
    signInLink,
    async ensureDemo(tell) {
      mailbox = await makeDemo(demo, mailbox, tell);
    },
    async stop() {
      await campaigns.stop();
      await mailbox?.close();
      await collector.drained();
      await refresher.stop();
      deliverer.close();
      people.stop();
    },
  };
}

type SegmentsOf = ProfileParts["segmentsOf"];

/** Who may enter: sessions, roles, keys; and whether the house is well. */
async function openDoor(ground: Ground): Promise<Pick<App, "http" | "signInLink">> {
  const { postgres, clickhouse, clock, log, master, dataDir, publicUrl, ownerKeys, consoleDir } = ground;
  const { db, pool } = postgres;
  const secret = keyedHash(master, "cookies").toString("base64url");
  const auth = createAuth({ pool, secret, publicUrl: publicUrl(), clock });
  await ensureOwner(db, auth, clock);
  const access = createAccess({ db, auth, clock, ownerKeys });
  const http = await createHttp({ log, version, access, consoleDir });
  healthRoutes(http, { postgres, clickhouse, version, freeBytes: () => freeBytes(dataDir) });
  const signInLink = async (always = false) => {
    const token = await ownerLink(db, auth, clock, always);
    return token === null ? null : `${publicUrl()}/sign-in/${token}`;
  };
  accessRoutes(http, {
    ...{ db, auth, access, clock, master, version, publicUrl, organisationId },
    signInLink: async () => (await signInLink(true)) ?? "",
  });
  return { http, signInLink };
}

if (import.meta.main) {
  await runServer({
    env: process.env,
    entry: import.meta.filename,
    consoleDir: join(import.meta.dirname, "../../console/dist"),
    build: buildApp,
  });
}
