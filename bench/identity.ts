import { mkdirSync } from "node:fs";
import type { Sighting } from "../server/src/people/identity.ts";
import { openPeople, type People } from "../server/src/people/people.store.ts";
import { systemClock } from "../server/src/platform/clock.ts";
import type { Config } from "../server/src/platform/config.ts";
import { newKey } from "../server/src/platform/crypto.ts";
import { openEngines } from "../server/src/platform/engines.ts";
import { createLog } from "../server/src/platform/log.ts";
import { workspaceKeyring } from "../server/src/platform/workspace-keys.store.ts";
import { createWorkspace } from "../server/src/platform/workspaces.store.ts";
import type { Benchmark } from "./benchmark.ts";
import { measureChanges, measureReads } from "./identity-changes.ts";
import { measureCopy } from "./identity-copy.ts";
import { cpuSeconds } from "./processes.ts";
import { temporaryFolder } from "./server.ts";

/** Rows of a file come in such slices. */
const slice = 20_000;
const pairs = { small: 200_000, full: 1_000_000 };
/** The first of the buyers that are there before anything is measured. */
const elsewhere = 50_000_000;

/**
 * A file of new buyers, each by member name and phone, into the graph: hashed, sealed, joined, with the evidence, in
 * both engines. Then a shop's history of orders, three of four by somebody who ordered before, as the town's buyers do:
 * that is the bulk that pairsPerSecond is of (docs/decisions/0014). Then the last new buyers again; browsers never seen
 * before, as events bring them; and, for the bound, PostgreSQL alone taking such rows as the new buyers'.
 */
export const identity: Benchmark = {
  summary:
    "pairsPerSecond, newPairsPerSecond, newCopyRatio, knownPairsPerSecond, browsersPerSecond, mergeVisibleMs, splitVisibleMs, readP50Ms, readP99Ms",
  asServer: true,
  async run({ scale, say }) {
    const { dir, remove } = temporaryFolder();
    const graph = await openGraph(dir);
    const { people, workspace, close } = graph;
    try {
      const count = pairs[scale];
      // The server whose throughput is meant has been up for longer than the seconds that its code takes to warm.
      say("warming up …");
      await resolve(people, workspace, orderPairs(elsewhere), 8 * slice);
      say(`${count} new pairs …`);
      const fresh = await resolve(people, workspace, buyers(0), count);
      say("pairs as a shop's orders have them …");
      const orders = await resolve(people, workspace, orderPairs(count), count);
      say("the last of them again …");
      const known = await resolve(people, workspace, buyers(count - 4 * slice), 4 * slice);
      say("browsers never seen before, 500 at once …");
      const browsers = await resolve(people, workspace, visitors, count / 10, 500);
      say("persons read by an identifier, 1 000 a second …");
      const bought = (i: number) => buyers(0)(i, new Date()).identifiers[0] ?? { namespace: "", value: "" };
      const reads = await measureReads(graph, bought, count);
      say("two merged, seen in a count, and taken back …");
      const changes = await measureChanges(graph, bought);
      say("rows as the new pairs' into PostgreSQL alone …");
      const copy = await measureCopy(graph, count / 5);
      return {
        ...{ ...changes, ...reads },
        pairsPerSecond: orders.perSecond,
        cpuMicrosPerPair: orders.cpuMicros,
        newPairsPerSecond: fresh.perSecond,
        newCpuMicros: fresh.cpuMicros,
        copyPairsPerSecond: copy.perSecond,
        copyCpuMicros: copy.cpuMicros,
        newCopyRatio: Math.round((100 * fresh.perSecond) / copy.perSecond) / 100,
        knownPairsPerSecond: known.perSecond,
        browsersPerSecond: browsers.perSecond,
        browserCpuMicros: browsers.cpuMicros,
      };
    } finally {
      await close();
      remove();
    }
  },
};

async function openGraph(dir: string) {
  mkdirSync(dir, { recursive: true });
  const log = createLog("warn");
  const config = { dataDir: dir, databaseUrl: null, clickhouseUrl: null, cluster: null } as Config;
  const engines = await openEngines(config, log);
  const { db } = engines.postgres;
  const organisationId = "bench";
  await db
    .insertInto("organization")
    .values({ id: organisationId, name: "bench", slug: "bench", logo: null, metadata: null })
    .execute();
  const master = newKey();
  const made = await createWorkspace(
    db,
    master,
    { slug: "bench", name: "bench", organisationId },
    systemClock,
  );
  const keyring = workspaceKeyring(master);
  const keysOf = (id: number) => keyring(db, id);
  const people = openPeople({ db, clickhouse: engines.clickhouse, clock: systemClock, log, keysOf });
  await people.prepare();
  const close = async () => {
    people.stop();
    await engines.close();
  };
  return { people, db, clickhouse: engines.clickhouse, workspace: made?.id ?? 0, close };
}

type Row = (i: number, at: Date) => Sighting;

/** Nobody's numbers: every buyer has a name and a phone of its own. */
const buyers =
  (from: number): Row =>
  (i, at) => {
    const n = from + i + slice;
    const phone = `1${30 + (n % 10)}${String((n * 7_919) % 100_000_000).padStart(8, "0")}`;
    const identifiers = [
      { namespace: "member:tmall", value: `买家${n}_tb` },
      { namespace: "phone", value: phone },
    ];
    return { identifiers, source: 1, message: `row-${n}`, at, rule: "same-row" };
  };

/** Every fourth order is a new buyer's, the others any earlier buyer's: 4 orders a buyer (town/README.md). */
const orderPairs = (from: number): Row => {
  const buyer = buyers(from);
  return (i, at) => {
    const known = Math.floor(i / 4);
    const who = i % 4 === 0 ? known : (i * 48_271) % (known + 1);
    return { ...buyer(who, at), message: `order-${from + i}` };
  };
};

const visitors: Row = (i, at) => ({
  identifiers: [{ namespace: "anonymous", value: `browser-${i}-5d41402abc4b` }],
  ...{ source: 1, message: `view-${i}`, at, rule: "same-message" },
});

async function resolve(people: People, workspace: number, row: Row, count: number, atOnce = slice) {
  const at = systemClock.now();
  const cpu = cpuSeconds(process.pid);
  let tookMs = 0;
  for (let from = 0; from < count; from += atOnce) {
    const sightings = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => row(from + i, at));
    const began = performance.now();
    await people.identity.resolve(workspace, sightings);
    tookMs += performance.now() - began;
  }
  return {
    perSecond: Math.round((count / tookMs) * 1000),
    cpuMicros: Math.round(((cpuSeconds(process.pid) - cpu) / count) * 1e7) / 10,
  };
}
