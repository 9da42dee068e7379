import {
  DropMany,
  DropOne,
  DroppedMany,
  QuarantineDetail,
  QuarantineFilter,
  type QuarantineItem,
  QuarantinePage,
  QuarantineSummary,
  ReplayedMany,
  ReplayedOne,
  ReplayMany,
  ReplayOne,
} from "@stork/contract/quarantine.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { looksPersonal } from "../people/personal.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { look } from "../privacy/look.store.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import {
  countQuarantine,
  dropAll,
  endQuarantined,
  findOpen,
  findQuarantined,
  listQuarantine,
  type QuarantineRow,
  summarize,
  withTheirRecords,
} from "./quarantine.store.ts";
import { fieldsOf, type HeldField } from "./quarantine.ts";
import { isReplayable, opened, type QuarantineParts, replayItems } from "./quarantine-replay.store.ts";
import { notReplayable, unknownQuarantined } from "./refusals.ts";

const params = z.object({ item: z.string() });
/** What one call of a bulk action takes on. */
const mostAtOnce = 10_000;
const glanceLength = 80;

/** What was refused, from every way in: looked at, put right and tried again, or given up with a note. */
export function quarantineRoutes(http: FastifyInstance, parts: QuarantineParts): void {
  lookRoutes(http, parts);
  oneRoutes(http, parts);
  bulkRoutes(http, parts);
}

function lookRoutes(http: FastifyInstance, parts: QuarantineParts): void {
  const { db } = parts;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quarantine",
      scope: "collect:read",
      summary: "Refused items, newest first, masked",
      query: QuarantineFilter.extend({
        after: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: QuarantinePage,
    },
    async ({ workspace, query: { after, limit, ...filter } }) => {
      const page = { after: after ?? null, limit };
      const { rows, total } = await listQuarantine(db, workspace.id, filter, page);
      const next = rows.length === limit ? String(rows.at(-1)?.id) : null;
      return { items: await shownAll(parts, workspace, rows), next, total };
    },
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quarantine/summary",
      scope: "collect:read",
      summary: "How many items were refused, by source and reason",
      query: QuarantineFilter,
      reply: QuarantineSummary,
    },
    async ({ workspace, query }) => {
      const groups = await summarize(db, workspace.id, query);
      return {
        open: groups.reduce((sum, { open }) => sum + Number(open), 0),
        groups: groups.map((group) => ({
          source: { id: String(group.source), name: group.sourceName },
          import: group.import === null ? null : String(group.import),
          ...{ kind: group.kind, code: group.code, reason: reasonOf(parts, group) },
          ...{ open: Number(group.open), replayed: Number(group.replayed), dropped: Number(group.dropped) },
          lastAt: group.lastAt.toISOString(),
        })),
      };
    },
  );
}

function oneRoutes(http: FastifyInstance, parts: QuarantineParts): void {
  const { db, clock } = parts;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quarantine/:item",
      scope: "collect:read",
      summary: "One refused item with its values, masked unless the caller may see people",
      params,
      reply: QuarantineDetail,
    },
    async ({ workspace, caller, params: { item } }) => {
      const row = await existing(parts, workspace, item);
      const fields = await fieldsFor(parts, workspace, row);
      const { whole } = await look(db, {
        ...{ workspace: workspace.id, caller, purpose: "mend", persons: [] },
        ...{ what: `quarantine ${row.id}`, at: clock.now() },
      });
      return {
        ...(await shownOne(parts, workspace, row)),
        fields: fields.map(({ name, value, personal, target, isBlamed }) => {
          const masked = !whole && (personal || looksPersonal(value)) && value !== "";
          const told = masked ? maskIdentifier("cell", value) : value;
          return { name, value: told, masked, target, blamed: isBlamed === true };
        }),
        together: Math.max(0, (await withTheirRecords(db, workspace.id, [row])).length - 1),
      };
    },
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quarantine/:item/replay",
      scope: "collect:write",
      summary: "Tries an item again, with other values",
      params,
      body: ReplayOne,
      reply: ReplayedOne,
    },
    async ({ workspace, caller, params: { item }, body: { changes } }) => {
      const row = await existing(parts, workspace, item);
      if (!isReplayable(row) || parts.kinds[row.kind] === undefined) throw new Refusal(notReplayable);
      await replayItems(parts, { workspace, caller }, [row], ({ id }) => (id === row.id ? changes : {}));
      const after = await existing(parts, workspace, item);
      return { taken: after.state === "replayed", item: await shownOne(parts, workspace, after) };
    },
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quarantine/:item/drop",
      scope: "collect:write",
      summary: "Gives an item up; who and why is kept, the item is not",
      params,
      body: DropOne,
      reply: DroppedMany,
    },
    async ({ workspace, caller, params: { item }, body: { note } }) => {
      const row = await existing(parts, workspace, item);
      const end = { state: "dropped" as const, by: caller.who, at: clock.now(), note };
      return { dropped: await endQuarantined(db, workspace.id, [row.id], end) };
    },
  );
}

function bulkRoutes(http: FastifyInstance, parts: QuarantineParts): void {
  const { db, clock } = parts;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quarantine/replay",
      scope: "collect:write",
      summary: "Tries many items again, all with the same changes",
      body: ReplayMany,
      reply: ReplayedMany,
    },
    async ({ workspace, caller, body: { ids, filter = {}, changes } }) => {
      const rows =
        ids === undefined
          ? await findOpen(db, workspace.id, filter, mostAtOnce)
          : await findQuarantined(db, workspace.id, ids.map(numberOf));
      const done = await replayItems(parts, { workspace, caller }, rows, () => changes);
      const open = { ...filter, state: "open" as const };
      return {
        ...done,
        left: ids === undefined ? await countQuarantine(db, workspace.id, open) : done.refused,
      };
    },
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quarantine/drop",
      scope: "collect:write",
      summary: "Gives many items up; who and why is kept",
      body: DropMany,
      reply: DroppedMany,
    },
    async ({ workspace, caller, body: { ids, filter = {}, note } }) => {
      const end = { by: caller.who, at: clock.now(), note };
      if (ids === undefined) return { dropped: await dropAll(db, workspace.id, filter, end) };
      const named = ids.map(numberOf);
      return { dropped: await endQuarantined(db, workspace.id, named, { ...end, state: "dropped" }) };
    },
  );
}

const numberOf = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : -1);

async function existing(
  { db }: QuarantineParts,
  workspace: WorkspaceRef,
  id: string,
): Promise<QuarantineRow> {
  const [row] = await findQuarantined(db, workspace.id, [numberOf(id)]);
  if (row === undefined) throw new Refusal(unknownQuarantined);
  return row;
}

const reasonOf = ({ kinds }: QuarantineParts, { kind, code }: Pick<QuarantineRow, "kind" | "code">) =>
  kinds[kind]?.reason(code) ?? { zh: code, en: code };

async function fieldsFor(
  parts: QuarantineParts,
  workspace: WorkspaceRef,
  row: QuarantineRow,
): Promise<HeldField[]> {
  await parts.vault.ready(workspace.id);
  const held = opened(parts.vault, workspace.id, row);
  if (held.item === null) return [];
  const kind = parts.kinds[row.kind];
  if (kind !== undefined) return kind.fields(held);
  return fieldsOf(held.item).map((field) => ({ ...field, personal: true, target: null }));
}

async function shownAll(
  parts: QuarantineParts,
  workspace: WorkspaceRef,
  rows: readonly QuarantineRow[],
): Promise<QuarantineItem[]> {
  const shown: QuarantineItem[] = [];
  for (const row of rows) shown.push(await shownOne(parts, workspace, row));
  return shown;
}

async function shownOne(
  parts: QuarantineParts,
  workspace: WorkspaceRef,
  row: QuarantineRow,
): Promise<QuarantineItem> {
  const fields = await fieldsFor(parts, workspace, row);
  const glance = fields
    .filter(({ value }) => value !== "")
    .map(({ value, personal }) => (personal || looksPersonal(value) ? maskIdentifier("cell", value) : value))
    .join(" · ");
  return {
    id: String(row.id),
    ...{ kind: row.kind, state: row.state, code: row.code, reason: reasonOf(parts, row) },
    source: { id: String(row.source), name: row.sourceName },
    import: row.import === null ? null : String(row.import),
    ...{ file: row.fileName, line: row.line, at: row.at.toISOString(), by: row.by },
    endedAt: row.endedAt?.toISOString() ?? null,
    ...{ note: row.note, items: row.items },
    glance: [...glance].length > glanceLength ? `${[...glance].slice(0, glanceLength).join("")}…` : glance,
  };
}
