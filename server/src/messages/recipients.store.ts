import { type Stage, stages } from "@stork/contract/catalog.ts";
import { sql } from "kysely";
import { ageDays, stageNames, stageOn } from "../catalog/stages.ts";
import { findVaultTraits, type VaultTrait } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import { type ClickHouse, ch, list, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import type { Values } from "./content/variables.ts";

export interface Recipient {
  readonly person: number;
  readonly values: Values;
  readonly identifiers: readonly {
    readonly node: number;
    readonly namespace: string;
    readonly value: string;
  }[];
}

interface Parts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
}

/** Opens from the vault what a message to these people needs: their identifiers and what a template may say of them. */
export async function loadRecipients(
  { db, clickhouse, vault }: Parts,
  workspace: number,
  persons: readonly number[],
  today: string,
): Promise<Map<number, Recipient>> {
  await vault.ready(workspace);
  const ids = [...new Set(persons)];
  const nodes = await findNodes(db, workspace, ids);
  const traits = byPerson(await findVaultTraits(db, vault, workspace, ids));
  const children = youngest(await findChildren(db, workspace, ids), today);
  const cities = await findCities(clickhouse, workspace, nodes);
  return new Map(
    ids.map((person) => {
      const said = traits.get(person) ?? new Map<string, string>();
      const child = children.get(person);
      const identifiers = nodes
        .filter((node) => node.person === person)
        .map(({ id, namespace, sealed }) => ({ node: id, namespace, value: vault.open(workspace, sealed) }));
      const name = nameOf(said);
      const city = cities.get(person);
      const values: Values = {
        person: { ...(name ? { name } : {}), ...(city ? { city } : {}) },
        child: child === undefined ? {} : childValues(child, vault, workspace, today),
      };
      return [person, { person, values, identifiers }];
    }),
  );
}

interface NodeRow {
  id: number;
  person: number;
  namespace: string;
  sealed: Buffer;
}

const findNodes = async (db: Db, workspace: number, persons: readonly number[]): Promise<NodeRow[]> =>
  (
    await sql<NodeRow>`
      select id, person, namespace, sealed_value as sealed from node
      where workspace_id = ${workspace} and person = any(${[...persons]}::bigint[]) order by id`.execute(db)
  ).rows;

interface ChildRow {
  person: number;
  born_on: string | null;
  due_on: string | null;
  gestation_days: number | null;
  adopted_on: string | null;
  sealed_name: Buffer | null;
}

const findChildren = async (db: Db, workspace: number, persons: readonly number[]): Promise<ChildRow[]> =>
  (
    await sql<ChildRow>`
      select node.person, child.born_on, child.due_on, child.gestation_days, child.adopted_on, child.sealed_name
      from node join child on child.node = node.id
      where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[]) and child.removed_at is null and child.withheld_at is null
      order by child.id`.execute(db)
  ).rows;

/** A city is a plain trait, since it names nobody; that of an address is kept as one too. */
async function findCities(
  clickhouse: ClickHouse,
  workspace: number,
  nodes: readonly NodeRow[],
): Promise<Map<number, string>> {
  if (nodes.length === 0) return new Map();
  const ids = list(
    "UInt64",
    nodes.map(({ id }) => id),
  );
  const rows = await clickhouse.query<{ node: number; value: string }>(ch`
    select node, argMax(value, at) as value from trait
    where workspace = ${u32(workspace)} and key = 'city' and node in ${ids} group by node`);
  const values = new Map(rows.map(({ node, value }) => [Number(node), value]));
  return new Map(
    nodes.flatMap(({ id, person }) => {
      const city = values.get(id);
      return city ? [[person, city] as const] : [];
    }),
  );
}

/** Newest last, so that it wins. */
function byPerson(rows: readonly VaultTrait[]): Map<number, Map<string, string>> {
  const found = new Map<number, Map<string, string>>();
  for (const { person, key, value } of rows) {
    const said = found.get(person) ?? new Map<string, string>();
    if (typeof value === "string") said.set(key, value);
    found.set(person, said);
  }
  return found;
}

function nameOf(said: ReadonlyMap<string, string>): string | undefined {
  const parts = `${said.get("lastName") ?? ""}${said.get("firstName") ?? ""}`;
  const names = [said.get("name"), said.get("姓名"), said.get("realName"), parts, said.get("nickname")];
  return names.find((text) => text?.trim())?.trim();
}

/** Of several children a message speaks of the youngest that is in a stage. */
function youngest(rows: readonly ChildRow[], today: string): Map<number, ChildRow> {
  const found = new Map<number, ChildRow>();
  for (const row of rows) {
    if (stageOf(row, today) === null) continue;
    const before = found.get(row.person);
    if (before === undefined || anchor(row) > anchor(before)) found.set(row.person, row);
  }
  return found;
}

const anchor = (row: ChildRow): string => row.born_on ?? row.due_on ?? "";
const stageOf = (row: ChildRow, today: string): Stage | null =>
  stageOn(
    {
      ...{ bornOn: row.born_on, dueOn: row.due_on },
      ...{ gestationDays: row.gestation_days, adoptedOn: row.adopted_on },
    },
    today,
  );

function childValues(row: ChildRow, vault: Vault, workspace: number, today: string): Values["child"] {
  const stage = stageOf(row, today);
  const days = row.born_on === null ? null : ageDays({ bornOn: row.born_on }, today);
  const born = stage !== null && stages.indexOf(stage) >= stages.indexOf("0-1");
  return {
    ...(row.sealed_name === null ? {} : { name: vault.open(workspace, row.sealed_name) }),
    ...(stage === null ? {} : { stage: stageNames[stage].zh }),
    ...(born && days !== null ? { ageMonths: wholeMonths(row.born_on ?? today, today) } : {}),
  };
}

function wholeMonths(from: string, to: string): number {
  const [y = 0, m = 0, d = 0] = from.split("-").map(Number);
  const [year = 0, month = 0, day = 0] = to.split("-").map(Number);
  return (year - y) * 12 + (month - m) - (day < d ? 1 : 0);
}
