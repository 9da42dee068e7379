import type { MappingSuggestion, SavedMapping, SuggestedMapping } from "@stork/contract/mappings.ts";
import {
  NewMapping,
  Preset as PresetShown,
  SavedMapping as SavedMappingShown,
  SuggestedMapping as SuggestedMappingShown,
  SuggestMapping,
  type Target as TargetShown,
} from "@stork/contract/mappings.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { guessKinds, type KindGuess } from "./mapping/guess-kind.ts";
import { findMapping, listMappings, removeMapping, saveMapping } from "./mapping/saved.store.ts";
import type { Target } from "./preset.ts";
import { presets } from "./presets.ts";
import { readColumns } from "./reading/columns.ts";
import { unknownMapping } from "./refusals.ts";

const shown = ({ id, label, required, personal = false, rule = undefined }: Target): TargetShown => ({
  ...{ id, label, required, personal },
  rule: rule ?? null,
});

export function mappingsRoutes(http: FastifyInstance, { db, clock }: { db: Db; clock: Clock }): void {
  presetsRoute(http);
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/mappings/suggest",
      scope: "collect:read",
      summary: "Suggests what each column of a file is, with how surely and why; nothing sent is kept",
      body: SuggestMapping,
      bodyLimit: 4 * 1024 * 1024,
      reply: SuggestedMappingShown,
    },
    async ({ workspace, body }) => {
      const saved = await findMapping(db, workspace.id, body.columns, clock.now());
      return suggested(body, saved);
    },
  );
  savedRoutes(http, { db, clock });
}

function presetsRoute(http: FastifyInstance): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/presets",
      scope: "collect:read",
      summary: "The formats of files that are read, report by report, with what their columns become",
      reply: z.object({ items: z.array(PresetShown) }),
    },
    async () => ({
      items: Object.values(presets).map(({ id, name, description, platform, kinds }) => ({
        ...{ id, name, description, platform },
        reports: kinds.map(({ id, label, record, targets }) => ({
          ...{ id, label, record },
          targets: targets.map(shown),
        })),
      })),
    }),
  );
}

function savedRoutes(http: FastifyInstance, { db, clock }: { db: Db; clock: Clock }): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/mappings",
      scope: "collect:read",
      summary: "The mappings saved in this workspace, the last used first",
      reply: z.object({ items: z.array(SavedMappingShown) }),
    },
    async ({ workspace }) => ({ items: await listMappings(db, workspace.id) }),
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/mappings",
      scope: "collect:write",
      summary: "Saves a mapping under a name; it is applied again when the same header comes again",
      body: NewMapping,
      reply: SavedMappingShown,
      status: 201,
    },
    async ({ workspace, body }) => saveMapping(db, workspace.id, body, clock.now()),
  );
  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/mappings/:mapping",
      scope: "collect:write",
      summary: "Forgets a saved mapping",
      params: z.object({ mapping: z.string() }),
      reply: null,
    },
    async ({ workspace, params: { mapping } }) => {
      if (!/^\d{1,9}$/.test(mapping) || !(await removeMapping(db, workspace.id, Number(mapping))))
        throw new Refusal(unknownMapping);
    },
  );
}

/** By a mapping saved before, else by the kind of record that fits the columns best. */
function suggested(
  { columns, rows, record }: z.output<typeof SuggestMapping>,
  saved: SavedMapping | null,
): SuggestedMapping {
  const known = saved !== null && (record === undefined || record === saved.record) ? saved : null;
  const asked = known?.record ?? record;
  const [best] = guessKinds(columns, rows, asked === undefined ? undefined : [asked]).map((one) =>
    known === null ? one : { ...one, columns: applied(known, columns), confidence: 1 },
  ) as [KindGuess];
  const mapped = new Set(best.columns.map(({ target }) => target));
  return {
    record: best.record,
    confidence: best.confidence,
    saved: known?.id ?? null,
    targets: best.targets.map(shown),
    columns: best.columns,
    missing: best.targets
      .filter(({ id, required, unless = "" }) => required && !mapped.has(id) && !mapped.has(unless))
      .map(({ id, label }) => ({ id, label })),
    presets: fitting(columns),
  };
}

function applied({ columns: said, name }: SavedMapping, columns: readonly string[]): MappingSuggestion[] {
  const by = new Map(said.map(({ column, target }) => [column.trim(), target]));
  const reason = { zh: `按保存的映射「${name}」`, en: `by the saved mapping “${name}”` };
  return columns.map((column) => ({
    ...{ column, target: by.get(column.trim()) ?? null, confidence: 1, reason },
    others: [],
  }));
}

/** The reports whose required columns are all there, by how much of the header they know. */
function fitting(columns: readonly string[]): SuggestedMapping["presets"] {
  return Object.values(presets)
    .flatMap((preset) => {
      const { kind, places, missing } = readColumns(preset, columns);
      if (missing.length > 0) return [];
      return [
        { id: preset.id, report: kind.id, score: Math.round((places.size / columns.length) * 100) / 100 },
      ];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 5);
}
