import {
  ArchiveAnswer,
  ArchiveQuestion,
  KindOfData,
  LegalHold,
  NewLegalHold,
  Policy,
  PolicyPreview,
  StorageOverview,
  StoredKind,
  TierPrices,
} from "@stork/contract/storage.ts";
import type { FastifyInstance } from "fastify";
import { DateTime } from "luxon";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findArchives } from "./archive.store.ts";
import { askArchives } from "./ask.store.ts";
import { isBusy } from "./busy.store.ts";
import { askToRun, bringBackTask, type LifeCycleDeps } from "./life-cycle.job.ts";
import { previewPolicy, readOneKind, readOverview, type View } from "./overview.store.ts";
import { misordered } from "./plan.ts";
import { backwardHold, impossibleTier, misorderedPolicy, unknownArchive, unknownHold } from "./refusals.ts";
import { placeHold, releaseHold, setPolicy, setPrices } from "./settings.store.ts";
import { kindOf } from "./stored-kinds.store.ts";

export interface StorageRoutesDeps extends LifeCycleDeps {
  freeBytes: () => number;
}

const ofKind = z.object({ kind: StoredKind });
const byId = z.object({ id: z.string().regex(/^\d{1,9}$/) });

export function storageRoutes(http: FastifyInstance, deps: StorageRoutesDeps): void {
  overviewRoutes(http, deps);
  policyRoutes(http, deps);
  holdRoutes(http, deps);
  archiveRoutes(http, deps);
}

const viewOf = ({ clock, cold }: StorageRoutesDeps, { id, timeZone }: WorkspaceRef): View => ({
  workspace: id,
  today: DateTime.fromJSDate(clock.now(), { zone: timeZone }).toISODate() ?? "",
  cold: cold !== null,
});

function overviewRoutes(http: FastifyInstance, deps: StorageRoutesDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/storage", scope: "settings:read", reply: StorageOverview },
      summary: "What is kept, in which tier, what it costs, and what the policies will change",
    },
    async ({ workspace }) =>
      readOverview(deps, viewOf(deps, workspace), {
        freeBytes: deps.freeBytes(),
        busy: await isBusy(deps.db),
      }),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "PUT", path: "/storage/prices", scope: "settings:write" },
      ...{ body: TierPrices, reply: TierPrices },
      summary: "What a gigabyte a month costs in each tier, in fen",
    },
    async ({ workspace, body }) => {
      await setPrices(deps.db, workspace.id, body);
      return body;
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/storage/run", scope: "settings:write", reply: null },
      summary: "Carry the policies out now instead of at night",
    },
    async ({ workspace, caller }) => askToRun(deps, workspace.id, caller.who),
  );
}

function policyRoutes(http: FastifyInstance, deps: StorageRoutesDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "PUT", path: "/storage/policies/:kind", scope: "settings:write" },
      ...{ params: ofKind, body: Policy, reply: KindOfData },
      summary: "How long a kind of data stays hot and warm, and when it is deleted",
    },
    async ({ workspace, caller, params, body }) => {
      refuseImpossible(deps, params.kind, body);
      const by = { who: caller.who, at: deps.clock.now() };
      await setPolicy(deps.db, workspace.id, params.kind, body, by);
      return readOneKind(deps, viewOf(deps, workspace), params.kind);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/storage/policies/:kind/preview", scope: "settings:read" },
      ...{ params: ofKind, body: Policy, reply: PolicyPreview },
      summary: "What a policy would move and delete today, and which segments would see less",
    },
    async ({ workspace, params, body }) => {
      refuseImpossible(deps, params.kind, body);
      return previewPolicy(deps, viewOf(deps, workspace), params.kind, body);
    },
  );
}

function refuseImpossible(
  { cold }: StorageRoutesDeps,
  kind: z.infer<typeof StoredKind>,
  policy: Policy,
): void {
  const { tiers } = kindOf(kind);
  if (policy.warmAfterDays !== null && !tiers.includes("warm"))
    throw new Refusal(impossibleTier, { tier: "warm" });
  if (policy.coldAfterDays !== null && !(tiers.includes("cold") && cold !== null))
    throw new Refusal(impossibleTier, { tier: "cold" });
  const step = misordered(policy);
  if (step !== null) throw new Refusal(misorderedPolicy, { step });
}

function holdRoutes(http: FastifyInstance, { db, clock }: StorageRoutesDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/storage/holds", scope: "rights:write", status: 201 },
      ...{ body: NewLegalHold, reply: LegalHold },
      summary: "Place a legal hold: nothing it covers is deleted while it stands",
    },
    ({ workspace, caller, body }) => {
      const { from, to } = body;
      if (from !== null && to !== null && from > to) throw new Refusal(backwardHold, { from, to });
      return placeHold(db, workspace.id, body, { who: caller.who, at: clock.now() });
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/storage/holds/:id/release", scope: "rights:write" },
      ...{ params: byId, reply: LegalHold },
      summary: "Release a legal hold; that it stood stays on record",
    },
    async ({ workspace, caller, params }) => {
      const by = { who: caller.who, at: clock.now() };
      const released = await releaseHold(db, workspace.id, Number(params.id), by);
      if (released === null) throw new Refusal(unknownHold);
      return released;
    },
  );
}

function archiveRoutes(http: FastifyInstance, deps: StorageRoutesDeps): void {
  const { db, jobs, clickhouse, clock, cold } = deps;
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/storage/archives/:id/bring-back", scope: "settings:write" },
      ...{ params: byId, reply: null },
      summary: "Bring an archived month back into its table",
    },
    async ({ workspace, caller, params }) => {
      const archives = await findArchives(db, workspace.id);
      const archive = archives.find(({ id, state }) => id === Number(params.id) && state === "cold");
      if (archive === undefined) throw new Refusal(unknownArchive);
      const payload = { archive: archive.id, by: caller.who };
      await jobs.add(db, bringBackTask, payload, {
        ...{ key: `${bringBackTask}:${archive.id}`, queue: "storage", runAt: clock.now() },
      });
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/storage/archives/ask", scope: "outcomes:read" },
      ...{ body: ArchiveQuestion, reply: ArchiveAnswer },
      summary: "Count archived events by month and name, straight from their files",
    },
    async ({ workspace, body }) => {
      const began = clock.now().getTime();
      const rows =
        cold === null
          ? []
          : await askArchives(
              clickhouse,
              cold,
              await findArchives(db, workspace.id),
              body,
              workspace.timeZone,
            );
      return { rows, tookMs: clock.now().getTime() - began };
    },
  );
}
