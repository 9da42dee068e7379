import { SupplierSheet, SupplierStatement } from "@stork/contract/quality.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { unknownSource } from "../events/refusals.ts";
import { findSource, listSources } from "../events/sources.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { QualityDeps } from "./parts.ts";
import { scoreSupplier } from "./supplier.ts";
import { findStatements, findSupplierFacts, saveStatement } from "./suppliers.store.ts";

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
      params: z.object({ source: z.string() }),
      body: SupplierStatement,
      reply: SupplierSheet,
    },
    async ({ workspace, caller, params, body }) => {
      const source = /^\d{1,9}$/.test(params.source)
        ? await findSource(db, workspace.id, Number(params.source))
        : null;
      if (source === null) throw new Refusal(unknownSource);
      await saveStatement(db, workspace.id, source.id, body, caller.who, clock.now());
      const [sheet] = await sheetsOf(deps, workspace.id, [source]);
      return sheet as SupplierSheet;
    },
  );
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
