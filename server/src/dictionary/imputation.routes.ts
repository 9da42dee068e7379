import { Gaps, ImputationAnswer, ImputationQuestion } from "@stork/contract/imputation.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { imputationDeclined, withImputed } from "../cleaning/imputation.ts";
import { identifyingKey } from "../people/personal.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { createImputing } from "./imputation-thread.client.ts";
import { knownOf } from "./known.ts";
import { unknownEntry } from "./refusals.ts";
import { fieldEntry, fieldOf, rowSetName } from "./row-set.ts";
import { findRowSets } from "./row-set-list.store.ts";
import { findFields, findImputableRows, type ImputableRow } from "./row-sets.store.ts";

/** The newest rows that are looked at; more would hold more than a moment's memory and teach little. */
const mostRows = 20_000;

interface Deps {
  db: Db;
  clickhouse: ClickHouse;
  /** Writes down which names were heard so far. */
  flush(): Promise<void>;
}

/** An analyst asks what would stand where nothing stands; nothing is written, and what was made up says so. */
export function imputationRoutes(http: FastifyInstance, deps: Deps): void {
  gapsRoute(http, deps);
  const impute = createImputing();
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/dictionary/imputation", scope: "outcomes:read" },
      ...{ body: ImputationQuestion, reply: ImputationAnswer },
      summary: "Fill the gaps of a field for an analysis; facts stay as they are, filled values say so",
    },
    async ({ workspace, body: { entry, method, predictors, draws, seed, limit, whole } }) => {
      const asked = fieldOf(entry);
      if (asked === null) throw new Refusal(unknownEntry);
      const { set, field } = asked;
      const fields = [...new Set([field, ...predictors])];
      const { rows, isAll } = await findImputableRows(deps.clickhouse, workspace.id, set, fields, mostRows);
      const base = { field, method, rows: rows.length, isAll };
      const plan = await impute({
        rows: rows.map(({ values }) => values),
        ask: { field, method, predictors, draws, seed },
      });
      if ("declined" in plan) {
        const declined = { code: plan.declined, text: imputationDeclined[plan.declined] };
        const missing = plan.declined === "nothing-known" ? rows.length : 0;
        return { ...base, missing, declined, mean: null, filled: [] };
      }
      const fillings = new Map(plan.filled.map((one) => [one.row, one]));
      const shown = whole ? rows.map((_, row) => row) : [...fillings.keys()];
      const filled = shown.slice(0, limit).map((row) => {
        const { at, values } = rows[row] as ImputableRow;
        const filling = fillings.get(row);
        if (filling === undefined) return { at: at.toISOString(), values, imputed: [], spread: null };
        const { imputed, ...completed } = withImputed(values, field, filling.value);
        return {
          at: at.toISOString(),
          values: completed,
          imputed: imputed as string[],
          spread: filling.spread,
        };
      });
      return { ...base, missing: plan.filled.length, declined: null, mean: plan.mean, filled };
    },
  );
}

function gapsRoute(http: FastifyInstance, { db, clickhouse, flush }: Deps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/dictionary/gaps", scope: "outcomes:read" },
      ...{ query: z.object({ of: z.string().max(220).optional() }), reply: Gaps },
      summary: "How many rows of an event, of the persons or of a kind of record lack which field",
    },
    async ({ workspace, query }) => {
      await flush();
      const sets = await findRowSets({ db, clickhouse }, workspace.id);
      const of = query.of ?? sets[0]?.id ?? null;
      if (of === null) return { sets, of, rows: 0, isAll: true, fields: [] };
      const set = rowSetName(of);
      if (set === null) throw new Refusal(unknownEntry);
      const found = await findFields(clickhouse, workspace.id, set, mostRows);
      const fields = found.fields
        .filter(({ name }) => !identifyingKey(name))
        .map(({ name, known, numbers }) => ({
          entry: fieldEntry(set, name),
          name,
          label: knownOf({ kind: set.kind === "traits" ? "trait" : "property", name })?.label ?? null,
          missing: Math.max(0, found.rows - known),
          isNumber: numbers === known,
        }));
      return { sets, of, rows: found.rows, isAll: found.isAll, fields };
    },
  );
}
