import { SupplierSheet, SupplierStatement } from "@stork/contract/suppliers.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { unknownSource } from "../events/refusals.ts";
import { findSource, listSources, type SourceRow } from "../events/sources.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { QualityDeps } from "./parts.ts";
import { scoreSupplier } from "./supplier.ts";
import { findStatements, findSupplierFacts, saveStatement, withdrawStatement } from "./suppliers.store.ts";

const ofSource = z.object({ source: z.string() });

type Deps = Omit<QualityDeps, "watch">;

export function suppliersRoutes(http: FastifyInstance, deps: Deps): void {
  const { db, clock } = deps;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/suppliers",
      scope: "collect:read",
      summary: "The scoring sheets of suppliers of bought-in data",
      reply: z.object({ items: z.array(SupplierSheet) }),
    },
    async ({ workspace }) => {
      const stated = await findStatements(db, workspace.id);
      const sources = (await listSources(db, workspace.id)).filter(({ id }) => stated.has(id));
      return { items: await sheetsOf(deps, workspace.id, sources) };
    },
  );
  workspaceRoute(
    http,
    {
      method: "PUT",
      path: "/quality/suppliers/:source",
      scope: "collect:write",
      summary: "States what is known of the supplier behind a source, and answers its sheet",
      params: ofSource,
      body: SupplierStatement,
      reply: SupplierSheet,
    },
    async ({ workspace, caller, params, body }) => {
      const source = await existing(deps, workspace.id, params.source);
      await saveStatement(db, workspace.id, source.id, body, caller.who, clock.now());
      const [sheet] = await sheetsOf(deps, workspace.id, [source]);
      return sheet as SupplierSheet;
    },
  );
  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/quality/suppliers/:source",
      scope: "collect:write",
      summary:
        "Takes back what was stated of a supplier: its source is scored no more; what it brought stays",
      params: ofSource,
      reply: null,
    },
    async ({ workspace, params }) => {
      const source = await existing(deps, workspace.id, params.source);
      await withdrawStatement(db, workspace.id, source.id);
    },
  );
}

async function existing({ db }: Deps, workspace: number, id: string): Promise<SourceRow> {
  const found = /^\d{1,9}$/.test(id) ? await findSource(db, workspace, Number(id)) : null;
  if (found === null) throw new Refusal(unknownSource);
  return found;
}

async function sheetsOf(
  deps: Deps,
  workspace: number,
  sources: readonly { id: number; name: string }[],
): Promise<SupplierSheet[]> {
  const all = await findSupplierFacts(
    deps,
    workspace,
    sources.map(({ id }) => id),
  );
  const statements = await findStatements(deps.db, workspace);
  return sources.flatMap(({ id, name }) => {
    const facts = all.get(id);
    if (facts === undefined) return [];
    const stated = statements.get(id) ?? null;
    return {
      ...{ source: String(id), sourceName: name, statement: stated?.statement ?? null },
      ...{ statedBy: stated?.by ?? null, statedAt: stated?.at.toISOString() ?? null },
      ...{ records: facts.records, usable: facts.usable },
      ...scoreSupplier(facts, stated?.statement ?? null),
    };
  });
}
