import { pageOf } from "@stork/contract/common.ts";
import {
  ChangeSegment,
  CountAnswer,
  CountRequest,
  DescribeAnswer,
  MembersPage,
  NewSegment,
  Segment,
  Vocabulary,
} from "@stork/contract/segments.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Vault } from "../people/vault.store.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import {
  changeSegment,
  countPersons,
  createSegment,
  deleteSegment,
  describeCondition,
  listSegments,
  readSegment,
  type SegmentsParts,
} from "./definitions.store.ts";
import { findFaces } from "./faces.store.ts";
import { listMembers } from "./membership.store.ts";
import { findVocabulary } from "./vocabulary.store.ts";

const named = z.object({ segment: z.string().max(20) });
const page = z.object({
  after: z
    .string()
    .regex(/^\d{0,15}$/)
    .default(""),
  limit: z.coerce.number().int().min(1).max(5000).default(50),
});

export function segmentsRoutes(app: FastifyInstance, parts: SegmentsParts & { vault: Vault }): void {
  questionRoutes(app, parts);
  savedRoutes(app, parts);
  memberRoutes(app, parts);
}

function questionRoutes(app: FastifyInstance, parts: SegmentsParts): void {
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/segments/count",
      scope: "segments:read",
      summary: "How many persons a condition selects now",
      body: CountRequest,
      reply: CountAnswer,
    },
    ({ workspace, caller, body }) => countPersons(parts, workspace, body.where, caller.language),
  );
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/segments/describe",
      scope: "segments:read",
      summary: "How a condition reads, and what about it looks like a mistake",
      body: CountRequest,
      reply: DescribeAnswer,
    },
    ({ workspace, caller, body }) => describeCondition(parts, workspace, body.where, caller.language),
  );
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/segments/vocabulary",
      scope: "segments:read",
      summary: "Events, properties and traits that have arrived, for a builder to offer",
      reply: Vocabulary,
    },
    ({ workspace }) => findVocabulary(parts.clickhouse, workspace.id),
  );
}

function savedRoutes(app: FastifyInstance, parts: SegmentsParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/segments",
      scope: "segments:read",
      summary: "All saved segments",
      reply: pageOf(Segment),
    },
    async ({ workspace }) => ({ items: await listSegments(parts, workspace), next: null }),
  );
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/segments",
      scope: "segments:write",
      summary: "Saves a segment",
      body: NewSegment,
      reply: Segment,
      status: 201,
    },
    ({ workspace, caller, body }) => createSegment(parts, workspace, body, caller.language),
  );
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/segments/:segment",
      scope: "segments:read",
      summary: "One segment",
      params: named,
      reply: Segment,
    },
    ({ workspace, params }) => readSegment(parts, workspace, params.segment),
  );
  workspaceRoute(
    app,
    {
      method: "PATCH",
      path: "/segments/:segment",
      scope: "segments:write",
      summary: "Renames a segment or changes its condition",
      params: named,
      body: ChangeSegment,
      reply: Segment,
    },
    ({ workspace, caller, params, body }) =>
      changeSegment(parts, workspace, params.segment, body, caller.language),
  );
  workspaceRoute(
    app,
    {
      method: "DELETE",
      path: "/segments/:segment",
      scope: "segments:write",
      summary: "Deletes a segment that nothing refers to",
      params: named,
      reply: null,
    },
    ({ workspace, params }) => deleteSegment(parts, workspace, params.segment),
  );
}

function memberRoutes(app: FastifyInstance, parts: SegmentsParts & { vault: Vault }): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/segments/:segment/members",
      scope: "people:read",
      summary: "The members of a segment, masked, in the order of their ids",
      params: named,
      query: page,
      reply: MembersPage,
    },
    async ({ workspace, params, query: { after, limit } }) => {
      const { id, persons } = await readSegment(parts, workspace, params.segment);
      const range = { after: Number(after), limit };
      const members = await listMembers(parts.clickhouse, workspace.id, Number(id), range);
      const faces = await findFaces(
        parts.db,
        parts.vault,
        workspace.id,
        members.map(({ person }) => person),
      );
      const last = members.length === limit ? members.at(-1) : undefined;
      return {
        items: members.map(({ person, enteredAt }) => ({
          person: String(person),
          enteredAt: enteredAt.toISOString(),
          name: faces.get(person)?.name ?? null,
          phone: faces.get(person)?.phone ?? null,
        })),
        next: last === undefined ? null : String(last.person),
        total: persons ?? 0,
      };
    },
  );
}
