import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import type { Watch } from "./watch.job.ts";
import type { FindNaming } from "./words.ts";

/** What the room's routes are handed. */
export interface QualityDeps {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  vault: Vault;
  watch: Watch;
  naming: FindNaming;
}
