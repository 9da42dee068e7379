import type { Words } from "@stork/contract/common.ts";
import type { Lineage, LineageNode } from "@stork/contract/dictionary.ts";
import type { BareEntry } from "./entry.ts";
import { holderId } from "./entry-id.ts";
import { leadsTo } from "./leads-to.ts";
import type { User } from "./uses.store.ts";

/** A column of a kind of file that became a field or trait, as an import read it. */
export interface ColumnUse {
  source: string;
  sourceName: string;
  column: string;
  entry: string;
}

const levels: Readonly<Record<LineageNode["kind"], number>> = {
  source: 0,
  column: 1,
  record: 1,
  field: 2,
  event: 3,
  trait: 3,
  property: 4,
  tag: 5,
  metric: 6,
  segment: 6,
  campaign: 7,
  journey: 7,
};
/** More boxes than this are no picture. */
const mostNodes = 160;

interface Graph {
  nodes: Map<string, LineageNode>;
  edges: Map<string, { from: string; to: string }>;
}

/**
 * From where each name comes to where it is used: source → record or column of a file → field → event or trait → property → tag →
 * segment or figure → campaign or journey, or a shorter way. With `about`, only what leads to that node and what follows
 * from it.
 */
export function lineageOf(
  entries: readonly BareEntry[],
  users: readonly User[],
  columns: readonly ColumnUse[],
  about: string | null,
): Lineage {
  const graph: Graph = { nodes: new Map(), edges: new Map() };
  const toldBy = sourcesOfRecords(entries);
  for (const entry of entries) if (entry.kind !== "metric") place(graph, entry, toldBy);
  for (const { id } of entries)
    for (const next of leadsTo(id)) if (graph.nodes.has(next)) join(graph, id, next);
  for (const { source, sourceName, column, entry } of columns) {
    if (!graph.nodes.has(entry)) continue;
    const from = add(graph, `source:${source}`, "source", sourceName, null);
    const through = add(graph, `column:${source}/${column}`, "column", column, null);
    join(graph, from, through);
    join(graph, through, entry);
  }
  const properties = new Map(entries.map(({ id, kind }) => [id, kind]));
  for (const user of users) {
    const node = add(graph, `${user.kind}:${user.id}`, user.kind, user.name.zh, user.name);
    // An event that is read through its properties only is joined by them.
    for (const entry of user.entries) if (properties.has(entry)) join(graph, entry, node);
    for (const segment of user.segments) join(graph, `segment:${segment}`, node);
  }
  const kept = about === null ? withoutLoose(graph) : around(graph, about);
  const shown = [...graph.nodes.values()].filter(({ id }) => kept.has(id)).slice(0, mostNodes);
  const ids = new Set(shown.map(({ id }) => id));
  return {
    nodes: shown,
    edges: [...graph.edges.values()].filter(({ from, to }) => ids.has(from) && ids.has(to)),
    cut: kept.size > shown.length,
  };
}

/** Events that came as records, by source: there the record stands between the two. */
function sourcesOfRecords(entries: readonly BareEntry[]): Set<string> {
  const records = entries.filter(({ kind }) => kind === "record");
  return new Set(
    records.flatMap(({ id, seenFrom }) =>
      leadsTo(id).flatMap((event) => seenFrom.map(({ source }) => `${source.id} ${event}`)),
    ),
  );
}

function place(
  graph: Graph,
  { id, kind, event, name, label, seenFrom }: BareEntry,
  toldBy: ReadonlySet<string>,
): void {
  add(graph, id, kind, name, label);
  const holder = holderId({ kind, event: event ?? "" });
  if (holder !== null) {
    join(graph, holder, id);
    return;
  }
  for (const { source } of seenFrom) {
    // Traits that were there before the dictionary know no source.
    if (source.id === "0" || toldBy.has(`${source.id} ${id}`)) continue;
    join(graph, add(graph, `source:${source.id}`, "source", source.name, null), id);
  }
}

function add(
  { nodes }: Graph,
  id: string,
  kind: LineageNode["kind"],
  name: string,
  label: Words | null,
): string {
  if (!nodes.has(id)) nodes.set(id, { id, kind, level: levels[kind], name, label });
  return id;
}

function join({ edges }: Graph, from: string, to: string): void {
  edges.set(`${from}\n${to}`, { from, to });
}

/** The whole picture leaves out what nobody uses: properties above all. */
function withoutLoose({ nodes, edges }: Graph): Set<string> {
  const used = new Set<string>();
  const toVisit = [...nodes.values()].filter(({ level }) => level >= levels.segment).map(({ id }) => id);
  const into = Map.groupBy(edges.values(), ({ to }) => to);
  for (let id = toVisit.pop(); id !== undefined; id = toVisit.pop()) {
    if (used.has(id)) continue;
    used.add(id);
    toVisit.push(...(into.get(id) ?? []).map(({ from }) => from));
  }
  const joined = new Set([...edges.values()].flatMap(({ from, to }) => [from, to]));
  return new Set([...used].filter((id) => joined.has(id)));
}

function around({ nodes, edges }: Graph, about: string): Set<string> {
  if (!nodes.has(about)) return new Set();
  const into = Map.groupBy(edges.values(), ({ to }) => to);
  const outOf = Map.groupBy(edges.values(), ({ from }) => from);
  const walk = (next: (id: string) => string[]): string[] => {
    const seen = new Set([about]);
    for (const id of seen) for (const one of next(id)) seen.add(one);
    return [...seen];
  };
  return new Set([
    ...walk((id) => (into.get(id) ?? []).map(({ from }) => from)),
    ...walk((id) => (outOf.get(id) ?? []).map(({ to }) => to)),
  ]);
}
