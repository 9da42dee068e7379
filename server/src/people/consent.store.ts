import type { ConsentChannel } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import type { ConsentStatement } from "./statements.ts";

/** Who passes on what a profile says, and may pass it on again long after; people and links speak once. */
const repeats = "^(source|import):";

/** A word that is new, at one of the nodes where it is kept. */
export type KeptWord = Pick<ConsentStatement, "node" | "purpose" | "state"> & {
  readonly channel: ConsentChannel | null;
};

/**
 * Keeps what was said about consent. A source that repeats its last word says nothing new: an app that sends its stale
 * profile again cannot take back a withdrawal made elsewhere. What is new counts for the whole person as known now: other
 * nodes get copies that say whose word it was. Persons who become one later keep the stricter of the two, and whoever
 * parts again has a yes of her own only (see privacy/legal.ts). Answers what was new.
 */
export async function recordConsents(
  db: Db | Tx,
  workspace: number,
  statements: readonly Omit<ConsentStatement, "kind">[],
): Promise<readonly KeptWord[]> {
  const said = withoutRepeats(statements);
  if (said.length === 0) return [];
  const { rows } = await sql<KeptWord>`
    with said as (
      select * from unnest(
        ${said.map(({ node }) => node)}::bigint[], ${said.map(({ purpose }) => purpose)}::text[],
        ${said.map(({ state }) => state)}::text[], ${said.map(({ saidBy }) => saidBy)}::text[],
        ${said.map(({ at }) => at)}::timestamptz[], ${said.map(({ channel }) => channel ?? null)}::text[],
        ${said.map(({ child }) => child ?? null)}::bigint[],
        ${said.map(({ textVersion }) => textVersion ?? null)}::int[]
      ) as one (node, purpose, state, said_by, at, channel, child, text_version)
    ), fresh as (
      select said.* from said where said.said_by !~ ${repeats} or said.state is distinct from (
        select last.state from consent as last
        where last.node = said.node and last.from_node is null and last.purpose = said.purpose and last.said_by = said.said_by
          and last.channel is not distinct from said.channel and last.child is not distinct from said.child
        order by last.at desc, last.id desc limit 1)
    ), spread as (
      select distinct on (other.id, fresh.purpose, fresh.channel, fresh.child, fresh.state, fresh.said_by, fresh.at)
        other.id as node, fresh.node as from_node, fresh.purpose, fresh.state, fresh.said_by, fresh.at, fresh.channel, fresh.child,
        fresh.text_version
      from fresh
      join node as me on me.id = fresh.node
      -- One look-up a row, by its key: joined as tables, a batch was held against every consent there is as long as
      -- the tables had no statistics.
      cross join lateral (select id from node where node.person = me.person and node.id <> me.id offset 0) as other
      cross join lateral (
        select max(old.at) as at from consent as old
        where old.node = other.id and old.purpose = fresh.purpose
          and old.channel is not distinct from fresh.channel and old.child is not distinct from fresh.child) as newest
      -- A no is kept everywhere: whichever part of her identifiers is found to be somebody else's one day, nobody who
      -- may have said it is written to.
      where newest.at <= fresh.at or newest.at is null and fresh.state = 'withdrawn'
      order by other.id, fresh.purpose, fresh.channel, fresh.child, fresh.state, fresh.said_by, fresh.at, fresh.node
    )
    insert into consent (workspace_id, node, from_node, purpose, state, said_by, at, channel, child, text_version)
    select ${workspace}, node, from_node, purpose, state, said_by, at, channel, child, text_version
    from (
      select node, null::bigint as from_node, purpose, state, said_by, at, channel, child, text_version from fresh
      union
      select node, from_node, purpose, state, said_by, at, channel, child, text_version from spread
    ) as new order by at
    returning node, purpose, state, channel`.execute(db);
  return rows;
}

/** Within a batch too, only changes count: granted, granted, withdrawn is two statements. */
function withoutRepeats<Said extends Omit<ConsentStatement, "kind">>(statements: readonly Said[]): Said[] {
  const last = new Map<string, string>();
  return [...statements]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .filter(({ node, purpose, channel, child, saidBy, state }) => {
      const key = `${node}\n${purpose}\n${channel}\n${child}\n${saidBy}`;
      if (last.get(key) === state) return false;
      last.set(key, state);
      return true;
    });
}
