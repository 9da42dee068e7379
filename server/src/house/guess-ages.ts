import { AfterFlood } from "../families/after-flood.ts";
import { newestVersion } from "../families/age-model.store.ts";
import { askToLearn, inferenceTasks, scheduleNightly } from "../families/inference.job.ts";
import { inferenceRoutes } from "../families/inference.routes.ts";
import { InferenceKeeper } from "../families/inference-keeper.store.ts";
import { jobs } from "../platform/jobs.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import type { Chosen } from "./choose.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** The demo's first learning waits until she has looked around: it takes a core for some twenty seconds. */
const afterStartMs = 90_000;

/** A slice of a large file brings so many orders at once. */
const manyOrders = 2_000;

/** How old the children are of those who never told: guessed from what they buy, after each order and every night. */
export async function guessAges(
  house: House,
  { people, stoppers }: Known,
  { onCommitted }: Collected,
  { touched }: Chosen,
): Promise<(slug: string) => Promise<void>> {
  const { db, clickhouse, clock, log, http } = house;
  const flood: AfterFlood = new AfterFlood((workspace, nodes) => keeper.lookAt(workspace, nodes));
  const isFlood = (): boolean => flood.isOn();
  const keeper = new InferenceKeeper({ db, clickhouse, clock, log, isFlood, onGuessed: touched });
  onCommitted.push((workspace, _nodes, names, rows) => {
    // A demo's past is looked at once, when it is told.
    if (house.tellingHistory || !names.includes("Order Completed")) return;
    const orders = rows.filter(({ event }) => event.name === "Order Completed");
    const buyers = [...new Set(orders.map(({ node }) => node))];
    if (orders.length >= manyOrders) flood.add(workspace, buyers);
    else keeper.onCommitted(workspace, buyers, names);
  });
  // A birthday said, a child removed: the guesses are made anew.
  const lookAt = (workspace: number, nodes: readonly number[]): void => {
    if (!house.tellingHistory) keeper.lookAt(workspace, nodes);
  };
  people.onChildren.push(lookAt);
  // So they are of two persons made one, or one made two; a file that ties thousands ends first.
  people.onChanged.push(async (workspace, persons) => {
    if (!house.tellingHistory) flood.join(workspace, persons);
  });
  // After a no the guesses about her go at once; those that may be made are made anew.
  stoppers.after.push(async ({ workspace, persons }) => {
    const taken = await keeper.takeAway(workspace, persons);
    lookAt(workspace, persons);
    return taken;
  });
  const parts = { db, clickhouse, clock, jobs, log, inference: keeper };
  inferenceRoutes(http, parts);
  Object.assign(house.tasks, inferenceTasks(parts));
  await scheduleNightly(parts);
  // As soon as the door is closed, before jobs are waited for: learning takes longer than a stop may.
  http.addHook("preClose", async () => void keeper.stop());
  house.closing.push(() => {
    flood.stop();
    return keeper.stop();
  });
  return async (slug) => {
    const workspace = await findWorkspace(db, slug);
    if (workspace !== null && (await newestVersion(db, workspace.id)) === 0)
      await askToLearn(parts, workspace.id, { inMs: afterStartMs });
  };
}
