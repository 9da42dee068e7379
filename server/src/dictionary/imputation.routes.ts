import { ImputationAnswer, ImputationQuestion } from "@stork/contract/imputation.ts";
import type { FastifyInstance } from "fastify";
import { imputationDeclined, withImputed } from "../cleaning/imputation.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { entryName } from "./entry-id.ts";
import { findImputableRows, type ImputableRow } from "./imputation-rows.store.ts";
import { createImputing } from "./imputation-thread.client.ts";
import { unknownEntry } from "./refusals.ts";

/** The newest rows that are looked at; more would hold more than a moment's memory and teach little. */
const mostRows = 20_000;

/** An analyst asks what would stand where nothing stands; nothing is written, and what was made up says so. */
export function imputationRoutes(
  http: FastifyInstance,
  { clickhouse }: { clickhouse: Pick<ClickHouse, "query"> },
): void {
  const impute = createImputing();
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/dictionary/imputation", scope: "outcomes:read" },
      ...{ body: ImputationQuestion, reply: ImputationAnswer },
      summary: "Fill the gaps of a property for an analysis; facts stay as they are, filled values say so",
    },
    async ({ workspace, body: { entry, method, predictors, draws, seed, limit } }) => {
      const name = entryName(entry);
      if (name?.kind !== "property") throw new Refusal(unknownEntry);
      const { event, name: field } = name;
      const fields = [...new Set([field, ...predictors])];
      const found = await findImputableRows(clickhouse, workspace.id, event, fields, mostRows + 1);
      const rows = found.slice(0, mostRows);
      const base = { field, method, rows: rows.length, isAll: found.length <= mostRows };
      const plan = await impute({
        rows: rows.map(({ values }) => values),
        ask: { field, method, predictors, draws, seed },
      });
      if ("declined" in plan) {
        const declined = { code: plan.declined, text: imputationDeclined[plan.declined] };
        const missing = plan.declined === "nothing-known" ? rows.length : 0;
        return { ...base, missing, declined, mean: null, filled: [] };
      }
      const filled = plan.filled.slice(0, limit).map(({ row, value, spread }) => {
        const { at, values } = rows[row] as ImputableRow;
        const { imputed, ...completed } = withImputed(values, field, value);
        return { at: at.toISOString(), values: completed, imputed: imputed as string[], spread };
      });
      return { ...base, missing: plan.filled.length, declined: null, mean: plan.mean, filled };
    },
  );
}
