import { NewSource, RecentEvent, Source } from "@stork/contract/sources.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { instantOfWallTime, zoneOffset } from "../cleaning/zone.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { unknownSource } from "./refusals.ts";
import type { SourceKeys } from "./source-keys.store.ts";
import {
  type Arrived,
  countArrived,
  createSource,
  findNodeIdentifiers,
  findRecent,
  findSource,
  listSources,
  removeSource,
  type SourceRow,
} from "./sources.store.ts";

export interface SourcesDeps {
  db: Db;
  clickhouse: ClickHouse;
  vault: Vault;
  clock: Clock;
  keys: SourceKeys;
}

const params = z.object({ source: z.string() });

export function sourcesRoutes(http: FastifyInstance, deps: SourcesDeps): void {
  const { db, clickhouse, clock, keys } = deps;

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
      const now = clock.now().getTime();
      const wall = now + zoneOffset(workspace.timeZone, now);
      const today = new Date(instantOfWallTime(workspace.timeZone, wall - (wall % 86_400_000)));
      const arrived = await countArrived(
        clickhouse,
        workspace.id,
        rows.map((row) => row.id),
        today,
      );
      const mayWrite = caller.scopes.has("collect:write");
      return {
        items: rows.map((row) =>
          shown(
            row,
            arrived.find((one) => one.source === row.id),
            mayWrite,
          ),
        ),
      };
    },
  );

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
    async ({ workspace, body }) =>
      shown(await createSource(db, workspace.id, body, clock.now()), undefined, true),
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
      const row = await existing(db, workspace.id, source);
      await removeSource(db, workspace.id, row.id, clock.now());
      keys.forget(row.writeKey);
    },
  );

  recentRoute(http, deps);
}

function recentRoute(http: FastifyInstance, { db, clickhouse, vault, clock }: SourcesDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/sources/:source/recent",
      scope: "collect:read",
      summary: "The newest events of a source, masked",
      params,
      reply: z.object({ items: z.array(RecentEvent) }),
    },
    async ({ workspace, params: { source } }) => {
      const row = await existing(db, workspace.id, source);
      const events = await findRecent(clickhouse, workspace.id, row.id, clock.now());
      await vault.ready(workspace.id);
      const named = await findNodeIdentifiers(
        db,
        workspace.id,
        events.map((event) => event.node),
      );
      return {
        items: events.map((event) => {
          const found = named.get(Number(event.node));
          return {
            receivedAt: new Date(Number(event.received)).toISOString(),
            at: new Date(Number(event.at)).toISOString(),
            type: event.type,
            name: event.name,
            identifier:
              found === undefined
                ? ""
                : `${found.namespace}:${maskIdentifier(found.namespace, vault.open(workspace.id, found.sealed))}`,
            properties: JSON.parse(event.properties || "{}") as Record<string, unknown>,
          };
        }),
      };
    },
  );
}

async function existing(db: Db, workspace: number, source: string): Promise<SourceRow> {
  const found = /^\d{1,9}$/.test(source) ? await findSource(db, workspace, Number(source)) : null;
  if (found === null) throw new Refusal(unknownSource);
  return found;
}

/** Who may not write sees only the end of the key: it is what lets anybody send. */
function shown(row: SourceRow, arrived: Arrived | undefined, mayWrite: boolean): Source {
  return {
    id: String(row.id),
    kind: row.kind,
    name: row.name,
    writeKey: mayWrite ? row.writeKey : `wk_****${row.writeKey.slice(-4)}`,
    createdAt: row.createdAt.toISOString(),
    lastEventAt: arrived?.lastEventAt?.toISOString() ?? null,
    eventsToday: arrived?.eventsToday ?? 0,
    eventsTotal: arrived?.eventsTotal ?? 0,
    first: { state: "waiting", at: null, sdk: null, refusedAt: null, refused: null },
    sdk: null,
    lastHour: { events: 0, refused: 0 },
    device: null,
  };
}
