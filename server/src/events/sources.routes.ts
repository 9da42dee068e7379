import { NewSource, Source, SourceChange, SourceFigures, TailEntry } from "@stork/contract/sources.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Db } from "../platform/postgres.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { endOldKeys } from "./old-keys.store.ts";
import { existingSource, type SourcesDeps, showSource, showSources } from "./shown-sources.store.ts";
import { findFigures } from "./source-figures.store.ts";
import { shownFigures, shownRefusal, shownRow } from "./source-shown.ts";
import {
  createSource,
  findNodeIdentifiers,
  findRecent,
  listSources,
  removeSource,
  renameSource,
} from "./sources.store.ts";
import { writeKeyRoutes } from "./write-keys.routes.ts";

const params = z.object({ source: z.string() });
const tailLength = 50;

export function sourcesRoutes(http: FastifyInstance, deps: SourcesDeps): void {
  readingRoutes(http, deps);
  writeKeyRoutes(http, deps);
  const { db, clock, keys, devices } = deps;

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/sources",
      scope: "collect:write",
      summary: "Makes a source with its write key",
      body: NewSource,
      reply: Source,
      status: 201,
    },
    async ({ workspace, body }) => {
      devices.check(body.kind, body.device);
      const row = await createSource(db, workspace.id, body, clock.now());
      await devices.save(workspace.id, row.id, body.device);
      return showSource(deps, workspace, await existingSource(db, workspace.id, String(row.id)), true);
    },
  );

  workspaceRoute(
    http,
    {
      method: "PATCH",
      path: "/sources/:source",
      scope: "collect:write",
      summary: "Renames a source, or changes what a source of devices listens to",
      params,
      body: SourceChange,
      reply: Source,
    },
    async ({ workspace, params: { source }, body }) => {
      const row = await existingSource(db, workspace.id, source);
      if (body.device !== undefined) devices.check(row.kind, body.device);
      if (body.name !== undefined) await renameSource(db, workspace.id, row.id, body.name);
      if (body.device !== undefined) await devices.save(workspace.id, row.id, body.device);
      return showSource(deps, workspace, await existingSource(db, workspace.id, source), true);
    },
  );

  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/sources/:source",
      scope: "collect:write",
      summary: "Stops a source's write key; what has arrived stays",
      params,
      reply: null,
    },
    async ({ workspace, params: { source } }) => {
      const row = await existingSource(db, workspace.id, source);
      await removeSource(db, workspace.id, row.id, clock.now());
      for (const key of [row.writeKey, ...(await endOldKeys(db, row.id))]) keys.forget(key);
      await devices.removed(row);
    },
  );
}

function readingRoutes(http: FastifyInstance, deps: SourcesDeps): void {
  const { db, clock, watch } = deps;

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/sources",
      scope: "collect:read",
      summary: "Lists the sources and what has arrived from each",
      reply: z.object({ items: z.array(Source) }),
    },
    async ({ workspace, caller }) => {
      const rows = await listSources(db, workspace.id);
      return { items: await showSources(deps, workspace, rows, caller.scopes.has("collect:write")) };
    },
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/sources/:source",
      scope: "collect:read",
      summary: "One source, and what has arrived from it",
      params,
      reply: Source,
    },
    async ({ workspace, caller, params: { source } }) => {
      const row = await existingSource(db, workspace.id, source);
      return showSource(deps, workspace, row, caller.scopes.has("collect:write"));
    },
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/sources/:source/figures",
      scope: "collect:read",
      summary: "The last hour of a source: events a minute, what was refused and why, how late they came",
      params,
      reply: SourceFigures,
    },
    async ({ workspace, params: { source } }) => {
      const row = await existingSource(db, workspace.id, source);
      await watch.flush();
      return shownFigures(await findFigures(db, row.id, clock.now()));
    },
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/sources/:source/tail",
      scope: "collect:read",
      summary: "The newest of a source, taken and refused, masked",
      params,
      reply: z.object({ items: z.array(TailEntry) }),
    },
    async ({ workspace, params: { source } }) => {
      const row = await existingSource(db, workspace.id, source);
      return { items: await tailOf(deps, workspace.id, row.id) };
    },
  );
}

/** From memory what this process has taken; the rest, after a start or from other processes, from the facts. */
async function tailOf(
  { db, clickhouse, vault, clock, watch }: SourcesDeps,
  workspace: number,
  source: number,
): Promise<TailEntry[]> {
  const { accepted: taken, refused } = watch.tail.of(source);
  const accepted = await stillKnown(db, workspace, taken);
  const entries = [...accepted.map(shownRow), ...refused.map(shownRefusal)];
  if (accepted.length < tailLength) {
    const known = new Set(accepted.map(({ event }) => event.message));
    const found = await findRecent(clickhouse, workspace, source, clock.now());
    const others = found.filter(({ message }) => !known.has(message));
    await vault.ready(workspace);
    const named = await findNodeIdentifiers(
      db,
      workspace,
      others.map(({ node }) => node),
    );
    for (const { node, received, at, type, name, properties, marks } of others) {
      const who = named.get(Number(node));
      entries.push({
        outcome: "accepted",
        receivedAt: new Date(Number(received)).toISOString(),
        at: new Date(Number(at)).toISOString(),
        ...{ type, name, marks },
        identifier:
          who === undefined
            ? ""
            : `${who.namespace}:${maskIdentifier(who.namespace, vault.open(workspace, who.sealed))}`,
        properties: JSON.parse(properties || "{}") as Record<string, unknown>,
      });
    }
  }
  return entries.sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt)).slice(0, tailLength);
}

/** Who was forgotten since is not shown from memory either, in whichever process. */
async function stillKnown<Row extends { readonly node: number }>(
  db: Db,
  workspace: number,
  rows: readonly Row[],
): Promise<Row[]> {
  const known = await findNodeIdentifiers(
    db,
    workspace,
    rows.map(({ node }) => node),
  );
  return rows.filter(({ node }) => known.has(node));
}
