import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";

export interface FamiliesParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Told whose children or families changed, once that is committed in both engines; later rooms listen through main. */
  readonly onChanged: (workspace: number, persons: readonly number[]) => Promise<void> | void;
}
