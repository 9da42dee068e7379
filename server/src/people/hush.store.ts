import { sql } from "kysely";
import { addDays } from "../catalog/calendar.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { type MirroredChild, mirroredColumns } from "./child.store.ts";
import type { Vault } from "./vault.store.ts";

/** A birth is taken for the expected one when it is this near: so is a date that a system says again. */
const nearDays = 60;
/** From the first day of a pregnancy to its end: a child due later than this after a loss is another one. */
const pregnancyDays = 280;

/** What of a child could be said again. */
interface Sayable {
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly key: string;
  readonly statedBy: string;
}

/**
 * Takes the dates, name and gender out of children's rows, for good. What systems might say again is kept, hashed, at
 * all of the carers' nodes. `any`: no child that there can be by now may be said by a system, known or not. Answers the
 * rows as the mirror wants them.
 */
export async function hushChildren(
  tx: Tx,
  vault: Vault,
  workspace: number,
  what: {
    children: readonly (Sayable & { readonly id: number })[];
    nodes: readonly number[];
    any: boolean;
    at: Date;
  },
): Promise<MirroredChild[]> {
  const { children, nodes, any, at } = what;
  const until = addDays(at.toISOString().slice(0, 10), pregnancyDays);
  const prints = new Map<string, string | null>(any ? [["", until]] : []);
  for (const child of children)
    for (const print of nearPrints(vault, workspace, child)) prints.set(print, null);
  await sql`
    insert into child_hushed (workspace_id, node, print, until)
    select ${workspace}, at.node, decode(of.print, 'hex'), of.until
    from unnest(${[...nodes]}::bigint[]) as at (node),
      unnest(${[...prints.keys()]}::text[], ${[...prints.values()]}::date[]) as of (print, until)
    on conflict (node, print) do update set until = greatest(child_hushed.until, excluded.until)`.execute(tx);
  if (children.length === 0) return [];
  const { rows } = await sql<MirroredChild>`
    update child set born_on = null, due_on = null, gender = null, gender_code = null, sealed_name = null,
      gestation_days = null, adopted_on = null, key = 'silenced ' || id, marks = array['silenced'], removed_at = ${at}, version = version + 1
    where id = any(${children.map(({ id }) => id)}::bigint[]) returning ${mirroredColumns}`.execute(tx);
  return rows;
}

/**
 * Which of these statements speak of a hushed child, by their places in the list. Only systems are not believed, who
 * repeat what they once heard; who says it herself, or tells staff, is.
 */
export async function findHushed(
  tx: Tx,
  vault: Vault,
  workspace: number,
  statements: readonly (Sayable & { readonly node: number })[],
  at: Date,
): Promise<Set<number>> {
  const asked = statements.flatMap((one, place) =>
    /^(source|import):/.test(one.statedBy)
      ? printsOf(vault, workspace, one).map((print) => ({
          place,
          print,
          node: one.node,
          date: one.bornOn ?? one.dueOn,
        }))
      : [],
  );
  if (asked.length === 0) return new Set();
  const { rows } = await sql<{ place: number }>`
    with asked as (
      select * from unnest(${asked.map(({ place }) => place)}::int[], ${asked.map(({ node }) => node)}::bigint[],
        ${asked.map(({ print }) => print)}::text[], ${asked.map(({ date }) => date)}::date[]
      ) as one (place, node, print, date)
    ), hit as (
      select distinct asked.place, hushed.node, hushed.print
      from asked join node as own on own.id = asked.node join node as other on other.person = own.person
      join child_hushed as hushed on hushed.node = other.id and (
        hushed.print = decode(asked.print, 'hex')
        or hushed.until is not null and coalesce(asked.date, hushed.until) <= hushed.until)
    ), counted as (
      update child_hushed set times = times + 1, last_at = ${at}
      from (select distinct node, print from hit) as hit
      where child_hushed.node = hit.node and child_hushed.print = hit.print
    )
    select distinct place from hit`.execute(tx);
  return new Set(rows.map(({ place }) => place));
}

/** Of the months around its dates, and of its key at the source. */
function nearPrints(vault: Vault, workspace: number, child: Sayable): string[] {
  const months = [child.bornOn, child.dueOn].flatMap((date) =>
    date === null ? [] : [-nearDays, -30, 0, 30, nearDays].map((days) => addDays(date, days).slice(0, 7)),
  );
  return [...new Set(months)].map(monthPrint(vault, workspace)).concat(keyPrints(vault, workspace, child));
}

/** Of what is said now; an empty one when nothing tells it from any other child. */
export function printsOf(vault: Vault, workspace: number, said: Sayable): string[] {
  const months = [said.bornOn, said.dueOn].flatMap((date) => (date === null ? [] : [date.slice(0, 7)]));
  const prints = months.map(monthPrint(vault, workspace)).concat(keyPrints(vault, workspace, said));
  return prints.length === 0 ? [""] : prints;
}

const monthPrint = (vault: Vault, workspace: number) => (month: string) =>
  vault.hashHex(workspace, "hushed-month", month);

function keyPrints(vault: Vault, workspace: number, { key, statedBy }: Sayable): string[] {
  const isDate = /^(due )?(\d{4}-\d{2}-\d{2})?$/.test(key);
  return isDate ? [] : [vault.hashHex(workspace, "hushed-key", `${statedBy}\n${key}`)];
}

/** Those of whom a child was silenced or deleted: nothing is guessed of them again. */
export async function findHushedPersons(
  db: Db,
  workspace: number,
  persons: readonly number[],
): Promise<Set<number>> {
  const { rows } = await sql<{ person: number }>`
    select distinct node.person from node join child_hushed as hushed on hushed.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])`.execute(db);
  return new Set(rows.map(({ person }) => person));
}
