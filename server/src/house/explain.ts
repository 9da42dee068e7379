import { openLearning } from "../dictionary/dictionary.job.ts";
import { dictionaryRoutes } from "../dictionary/dictionary.routes.ts";
import { imputationRoutes } from "../dictionary/imputation.routes.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";

/** What the names mean, where they come from and who uses them. */
export function explain(house: House, { onCommitted, onKept }: Collected): void {
  const { db, clickhouse, clock, log, http } = house;
  const learning = openLearning({ db, clickhouse, log });
  onCommitted.push(learning.onCommitted);
  onKept.push(learning.onKept);
  dictionaryRoutes(http, { db, clock, flush: learning.flush });
  imputationRoutes(http, { db, clickhouse, flush: learning.flush });
  learning.start();
  house.closing.push(() => learning.stop());
}
