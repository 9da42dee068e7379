import { sql } from "kysely";
import { expect } from "vitest";
import { componentsOf } from "../src/people/components.ts";
import type { Db } from "../src/platform/postgres.ts";
import type { State } from "./identity-steps.ts";

/** Who is whom in a workspace, and by which edges. */
export async function stateIn(db: Db, workspace: number): Promise<State> {
  const nodes = await sql<{ id: number; person: number }>`
    select id, person from node where workspace_id = ${workspace} order by id`.execute(db);
  const edges = await sql<State["edges"][number]>`
    select a, b, rule, state from edge where workspace_id = ${workspace} order by a, b, rule`.execute(db);
  return { map: new Map(nodes.rows.map(({ id, person }) => [id, person])), edges: edges.rows };
}

/** What must hold after every step, however it was reached. */
export async function holdsIn(db: Db, workspace: number): Promise<State> {
  const state = await stateIn(db, workspace);
  const live = state.edges.filter((edge) => edge.state === "live");
  expect([...state.map]).toEqual([...componentsOf(state.map.keys(), live)]);
  const apart = await sql<{ a: number; b: number }>`
    select a, b from never_same where workspace_id = ${workspace}`.execute(db);
  for (const { a, b } of apart.rows) expect(state.map.get(a)).not.toBe(state.map.get(b));
  const shared = await sql<{ node: number }>`
    select node from shared_value where workspace_id = ${workspace}`.execute(db);
  const values = new Set(shared.rows.map(({ node }) => node));
  const told = live.filter(({ rule, a, b }) => rule.startsWith("same") && (values.has(a) || values.has(b)));
  expect(told).toEqual([]);
  return state;
}
