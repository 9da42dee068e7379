import { Readable } from "node:stream";
import { DecideExport, Export, Exports, NewExport } from "@stork/contract/exports.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Caller } from "../platform/caller.ts";
import { Refusal } from "../platform/refusal.ts";
import { refusals } from "../platform/refusals.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { unknownSegment } from "../segments/refusals.ts";
import { findSegments } from "../segments/segments.store.ts";
import {
  countWaiting,
  decideExport,
  findExport,
  findExports,
  insertExport,
  type StoredExport,
  stateOf,
} from "./exports.store.ts";
import { notReady, notWaiting, notYours, secondPerson, unknownExport } from "./refusals.ts";
import { type TakingParts, takeExport } from "./taking.store.ts";

const named = z.object({ export: z.string() });
const page = z.object({
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export function exportsRoutes(http: FastifyInstance, parts: TakingParts): void {
  readRoutes(http, parts);
  askRoute(http, parts);
  decideRoutes(http, parts);
  takeRoute(http, parts);
}

function readRoutes(http: FastifyInstance, { db, clock }: TakingParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/exports", scope: "segments:read", query: page, reply: Exports },
      summary: "Lists of people that were asked for, the newest first, and who took them",
    },
    async ({ workspace, caller, query: { after, limit } }) => {
      const before = after !== undefined && /^\d{1,9}$/.test(after) ? Number(after) : null;
      const rows = await findExports(db, workspace.id, { before, limit: limit + 1 });
      const shownRows = rows.slice(0, limit);
      return {
        items: shownRows.map((row) => shown(row, caller, clock.now())),
        next: rows.length > limit ? String(shownRows.at(-1)?.id) : null,
        waiting: await countWaiting(db, workspace.id, clock.now()),
      };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/exports/:export", scope: "segments:read", params: named, reply: Export },
      summary: "One export",
    },
    async ({ workspace, caller, params }) =>
      shown(await existing(db, workspace, params.export), caller, clock.now()),
  );
}

function askRoute(http: FastifyInstance, { db, clock }: TakingParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/exports", scope: "exports:write", body: NewExport, reply: Export },
      status: 201,
      summary: "Ask for a segment's people as CSV; with whole values a second person has to let it out",
    },
    async ({ workspace, caller, body }) => {
      const segment = (await findSegments(db, workspace.id)).find(({ id }) => String(id) === body.segment);
      if (segment === undefined) throw new Refusal(unknownSegment);
      const asked = { ...body, segmentId: segment.id, by: caller.who, at: clock.now() };
      const id = await insertExport(db, workspace.id, asked);
      return shown(await existing(db, workspace, id), caller, clock.now());
    },
  );
}

function decideRoutes(http: FastifyInstance, { db, clock }: TakingParts): void {
  for (const [word, approved] of [["approve", true] as const, ["refuse", false] as const]) {
    workspaceRoute(
      http,
      {
        ...{ method: "POST", path: `/exports/:export/${word}`, scope: "exports:approve" },
        ...{ params: named, body: DecideExport, reply: Export },
        summary: approved ? "Let an export of whole values out" : "Refuse an export",
      },
      async ({ workspace, caller, params, body }) => {
        const found = await existing(db, workspace, params.export);
        // A program is nobody's second person.
        if (caller.userId === null) throw new Refusal(refusals.usersOnly);
        if (found.askedBy === caller.who) throw new Refusal(secondPerson);
        const word = { approved, by: caller.who, at: clock.now(), note: body.note || null };
        if (!(await decideExport(db, found.id, word))) throw new Refusal(notWaiting);
        return shown(await existing(db, workspace, params.export), caller, clock.now());
      },
    );
  }
}

function takeRoute(http: FastifyInstance, parts: TakingParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/exports/:export/people.csv", scope: "exports:write" },
      ...{ params: named, reply: null },
      summary:
        "The people of an export as they are now, without those who may not leave; by whoever asked for it",
    },
    async ({ workspace, caller, params, reply }) => {
      const found = await existing(parts.db, workspace, params.export);
      if (found.askedBy !== caller.who) throw new Refusal(notYours);
      if (stateOf(found, parts.clock.now()) !== "ready") throw new Refusal(notReady);
      return reply
        .type("text/csv; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="stork-export-${found.id}.csv"`)
        .send(Readable.from(takeExport(parts, { workspace, caller }, found)));
    },
  );
}

async function existing(db: TakingParts["db"], workspace: WorkspaceRef, id: string): Promise<StoredExport> {
  const found = await findExport(db, workspace.id, id);
  if (found === null) throw new Refusal(unknownExport);
  return found;
}

function shown(row: StoredExport, caller: Caller, now: Date): Export {
  const { id, segment, segmentName, columns, whole, purpose, why, askedBy, decidedBy, note } = row;
  return {
    ...{
      id: String(id),
      segment: String(segment),
      segmentName,
      columns,
      purpose,
      why,
      askedBy,
      decidedBy,
      note,
    },
    values: whole ? "whole" : "masked",
    state: stateOf(row, now),
    askedAt: row.askedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    taken: row.taken.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    mine: askedBy === caller.who,
  };
}
