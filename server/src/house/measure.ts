import { outcomesRoutes } from "../outcomes/outcomes.routes.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** What it changed: figures, campaigns against their holdouts. */
export function measure(house: House, { people }: Known): void {
  const { db, clickhouse, clock, http } = house;
  outcomesRoutes(http, { db, clickhouse, clock, personMap: people.personMap });
}
