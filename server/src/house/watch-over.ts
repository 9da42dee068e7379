import { findNaming } from "../dictionary/naming.store.ts";
import { atLeisure } from "../platform/clickhouse.ts";
import { qualityRoutes } from "../quality/quality.routes.ts";
import { tellDue } from "../quality/tell.client.ts";
import { qualityTasks, Watch } from "../quality/watch.job.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";
import type { Reached } from "./reach.ts";

/** Whether it can be trusted: counts what arrives, finds what is out of bounds, tells staff. */
export function watchOver(
  house: House,
  { people }: Known,
  { onCommitted, onRefused, onRepeated }: Collected,
  { deliverer }: Reached,
): void {
  const { db, clickhouse, clock, log, http, publicUrl } = house;
  const { vault } = people;
  const naming = (workspace: number) => findNaming(db, workspace);
  const telling = { db, vault, log, deliverer, publicUrl, naming };
  const watch = new Watch({
    db,
    clickhouse: atLeisure(clickhouse),
    clock,
    log,
    tellDue: (now) => tellDue(telling, now),
  });
  // Months of a demo's past that arrive within a minute are no lateness.
  onCommitted.push((...told) => (house.tellingHistory ? undefined : watch.onCommitted(...told)));
  onRefused.push(watch.onRefused);
  onRepeated.push(watch.onRepeated);
  qualityRoutes(http, { db, clickhouse, clock, vault, watch, naming });
  Object.assign(house.tasks, qualityTasks(watch));
  watch.start();
  house.closing.push(() => watch.stop());
}
