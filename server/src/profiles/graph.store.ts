import type { Explanation, GraphEdge, PersonGraph } from "@stork/contract/identity.ts";
import { sql } from "kysely";
import { dateIn } from "../catalog/calendar.ts";
import { chainBetween } from "../people/components.ts";
import { findGraph, type GraphNode, type StoredEdge } from "../people/graph.store.ts";
import { findRules } from "../people/rule-book.store.ts";
import { ch, list, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { findHeld } from "./held.store.ts";
import { becauseOf, dayWords, ourselves, type Told } from "./identity-words.ts";
import { refusals } from "./refusals.ts";
import type { SideParts } from "./sides.store.ts";

export interface Asking {
  readonly workspace: number;
  readonly timeZone: string;
  readonly today: string;
}

/** A person's identifiers as a graph, each edge with its reason; values masked. */
export async function personGraph(parts: SideParts, asking: Asking, person: number): Promise<PersonGraph> {
  const { db, vault } = parts;
  const graph = await findGraph(db, asking.workspace, person);
  await vault.ready(asking.workspace);
  const { of: rules } = await findRules(db, asking.workspace);
  return {
    person: String(person),
    nodes: graph.nodes.map((node) => ({
      ...{ id: String(node.id), person: String(node.person), namespace: node.namespace, shared: node.shared },
      value: maskIdentifier(node.namespace, vault.open(asking.workspace, node.sealed)),
      strength: rules(node.namespace).strength,
      since: node.since.toISOString(),
    })),
    edges: await withRules(
      db,
      asking.workspace,
      graph.edges,
      await edgesShown(parts, asking, graph.nodes, graph.edges),
    ),
    truncated: graph.truncated,
  };
}

/** To what was held back, by which rule it is. */
async function withRules(
  db: Db,
  workspace: number,
  edges: readonly StoredEdge[],
  shown: readonly GraphEdge[],
): Promise<GraphEdge[]> {
  const why = await findHeld(
    db,
    workspace,
    edges.filter(({ state }) => state === "conflict"),
  );
  return shown.map((edge, i) => {
    const held = edge.state === "conflict" ? why(edges[i] as StoredEdge) : null;
    if (held === null) return edge;
    const { zh, en } = edge.because;
    return { ...edge, because: { zh: `${zh}。${held.zh}`, en: `${en}. ${held.en}` } };
  });
}

/** Why two of a person's identifiers are one: the shortest chain of what ties them. */
export async function explain(
  parts: SideParts,
  asking: Asking,
  person: number,
  [a, b]: readonly [string, string],
): Promise<Explanation> {
  const graph = await findGraph(parts.db, asking.workspace, person);
  const live = graph.edges.filter(({ state }) => state === "live");
  const own = new Set(graph.nodes.filter((node) => node.person === person).map(({ id }) => id));
  if (![a, b].every((id) => own.has(Number(id)))) throw new Refusal(refusals.notHers);
  const chain = chainBetween(live, Number(a), Number(b)) ?? [];
  const shown = await edgesShown(parts, asking, graph.nodes, chain);
  return {
    ...{ a, b, chain: shown },
    words: {
      zh: shown.map(({ because }) => because.zh).join("；") || "这是同一个标识。",
      en: shown.map(({ because }) => because.en).join("; ") || "They are the same identifier.",
    },
  };
}

/** Colleagues' names, by the codes that decisions are kept with. */
async function namesOf(db: Db, codes: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const users = codes.flatMap((code) => /^user:(.+)$/.exec(code ?? "")?.[1] ?? []);
  if (users.length === 0) return new Map();
  const { rows } = await sql<{ code: string; name: string }>`
    select 'user:' || id as code, name from "user" where id = any(${[...new Set(users)]}::text[])`.execute(
    db,
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

async function edgesShown(
  { clickhouse, db }: SideParts,
  { workspace, timeZone, today }: Asking,
  nodes: readonly GraphNode[],
  edges: readonly StoredEdge[],
): Promise<GraphEdge[]> {
  const messages = [...new Set(edges.flatMap(({ message }) => (message === null ? [] : numeric(message))))];
  const told = new Map<string, Told>();
  if (messages.length > 0) {
    const rows = await clickhouse.query<{ message: string; name: string; orderId: string }>(ch`
      select toString(message) as message, any(name) as name, any(order_id) as orderId from event
      where workspace = ${u32(workspace)} and node in ${list(
        "UInt64",
        nodes.map(({ id }) => id),
      )}
        and message in ${list("UInt64", messages)} group by message`);
    for (const { message, name, orderId } of rows) told.set(message, { name, orderId });
  }
  const names = await namesOf(
    db,
    edges.map(({ who }) => who),
  );
  return edges.map((edge) => {
    const day = dayWords(dateIn(timeZone, edge.at), today);
    return {
      ...{ a: String(edge.a), b: String(edge.b), state: edge.state, rule: edge.rule, message: edge.message },
      because: becauseOf(edge, told.get(edge.message ?? "") ?? null, day, (who) => names.get(who)),
      source: edge.source ?? ourselves,
      at: edge.at.toISOString(),
    };
  });
}

const numeric = (message: string): string[] => (/^\d{1,20}$/.test(message) ? [message] : []);
