import {
  ChangeEntry,
  DictionaryPage,
  DictionaryTask,
  DismissTask,
  EntryKind,
  EntryStatus,
  EntryWithHistory,
  Lineage,
  Sensitivity,
  TaskKind,
} from "@stork/contract/dictionary.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { changeEntry, dismissTask, findChanges } from "./entries.store.ts";
import { entryName } from "./entry-id.ts";
import { merged } from "./merged.ts";
import { readDictionary, readLineage } from "./read.store.ts";
import { fixedEntry, unknownEntry, unknownTask } from "./refusals.ts";
import { pageOfEntries } from "./search.ts";

export interface DictionaryDeps {
  db: Db;
  clock: Clock;
  /** Writes down what was learned so far, so that a page shows what arrived a second ago. */
  flush(): Promise<void>;
}

const asked = z.object({
  kind: EntryKind.optional(),
  status: EntryStatus.optional(),
  sensitivity: Sensitivity.optional(),
  task: TaskKind.optional(),
  source: z.string().max(20).optional(),
  query: z.string().max(200).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const named = z.object({ id: z.string().min(3).max(400) });

export function dictionaryRoutes(http: FastifyInstance, deps: DictionaryDeps): void {
  listRoutes(http, deps);
  entryRoutes(http, deps);
  taskRoutes(http, deps);
}

function listRoutes(http: FastifyInstance, { db, flush }: DictionaryDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/dictionary", scope: "collect:read" },
      summary: "Every name that arrives or is used: what it means, where it comes from, who uses it",
      ...{ query: asked, reply: DictionaryPage },
    },
    async ({ workspace, query }) => {
      await flush();
      return pageOfEntries((await readDictionary(db, workspace.id)).entries, query);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/dictionary/lineage", scope: "collect:read" },
      summary: "From source to event, property, segment and campaign; of everything, or of one node",
      query: z.object({ entry: z.string().max(400).optional() }),
      reply: Lineage,
    },
    async ({ workspace, query }) => {
      await flush();
      return readLineage(db, workspace.id, query.entry ?? null);
    },
  );
}

function entryRoutes(http: FastifyInstance, deps: DictionaryDeps): void {
  const { db, clock, flush } = deps;
  const path = "/dictionary/entry";
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path, scope: "collect:read", query: named, reply: EntryWithHistory },
      summary: "One entry, with who changed it",
    },
    async ({ workspace, query }) => {
      await flush();
      return readEntry(db, workspace.id, query.id);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "PATCH", path, scope: "collect:write", query: named, body: ChangeEntry },
      summary: "Say what a name means, its type, unit, sensitivity and owner; confirm or retire it",
      reply: EntryWithHistory,
    },
    async ({ workspace, caller, query, body }) => {
      const name = entryName(query.id);
      if (name === null) throw new Refusal(unknownEntry);
      // Figures and tags are there always; a name that never arrived is nobody's to explain, unless a segment speaks of it.
      const entry = await readEntry(db, workspace.id, query.id);
      const { owner: _, ...rest } = body;
      if (
        (entry.kind === "metric" || entry.kind === "tag") &&
        Object.values(rest).some((value) => value !== undefined)
      )
        throw new Refusal(fixedEntry);
      const by = { who: caller.who, at: clock.now() };
      await changeEntry(db, workspace.id, query.id, by, (before) => merged(before, body));
      return readEntry(db, workspace.id, query.id);
    },
  );
}

function taskRoutes(http: FastifyInstance, { db, clock, flush }: DictionaryDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/dictionary/tasks", scope: "collect:read" },
      summary: "Names that somebody has to look at: conflicts of type, slips, names without a meaning",
      query: z.object({
        kind: TaskKind.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      reply: z.object({ items: z.array(DictionaryTask), total: z.number() }),
    },
    async ({ workspace, query }) => {
      await flush();
      const all = (await readDictionary(db, workspace.id)).tasks;
      const tasks = all.filter(({ kind }) => query.kind === undefined || kind === query.kind);
      return { items: tasks.slice(0, query.limit), total: tasks.length };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/dictionary/tasks/:task/dismiss", scope: "collect:write" },
      summary: "Put a task aside, with the reason; it comes back when the facts change",
      ...{ params: z.object({ task: z.string().max(800) }), body: DismissTask, reply: null },
    },
    async ({ workspace, caller, params, body }) => {
      const { tasks } = await readDictionary(db, workspace.id);
      if (!tasks.some(({ id }) => id === params.task)) throw new Refusal(unknownTask);
      await dismissTask(db, workspace.id, params.task, { who: caller.who, why: body.why, at: clock.now() });
    },
  );
}

async function readEntry(db: Db, workspace: number, id: string) {
  const { entries } = await readDictionary(db, workspace);
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) throw new Refusal(unknownEntry);
  const changes = await findChanges(db, workspace, id);
  return { ...entry, history: changes.map((one) => ({ ...one, at: one.at.toISOString() })) };
}
