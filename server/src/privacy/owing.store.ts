import type { ConsentChannel, ConsentText, OwedAnswer, Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { numberList } from "../people/lists.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";
import { countsUntil } from "./owing.ts";
import { findTexts } from "./texts.store.ts";

/** A yes that stands although the text it was said to has become another one. */
export interface Owed extends Pick<OwedAnswer, "version" | "until"> {
  /** Of the row, to page by. */
  readonly id: number;
  readonly person: number;
  readonly at: Date;
  readonly child: number | null;
  readonly channel: ConsentChannel | null;
}

type Found = Omit<Owed, "until">;

/** A purpose's texts that ask again; none: nobody owes anything. */
const asking = (texts: readonly ConsentText[], purpose: Purpose): ConsentText[] =>
  texts.filter((text) => text.purpose === purpose && text.againUntil !== null);

/**
 * The newest word of a node on something, a yes, said to an older text than one that asks again. A system that passes a
 * yes on without saying what was read is taken to have shown what was read at that time.
 */
const olderThan = (workspace: number, purpose: Purpose, { version, from }: ConsentText) => sql`
  consent.workspace_id = ${workspace} and consent.purpose = ${purpose} and consent.state = 'granted'
  and (consent.text_version < ${version} or consent.text_version is null and consent.at < ${from}::timestamptz)
  and not exists (select from consent as newer
    where newer.node = consent.node and newer.purpose = consent.purpose
      and newer.channel is not distinct from consent.channel and newer.child is not distinct from consent.child
      and (newer.at, newer.id) > (consent.at, consent.id))`;

/** Some of those who owe an answer on a purpose, by the number of their word; `persons` null: of all there are. */
export async function findOwing(
  db: Db | Tx,
  workspace: number,
  purpose: Purpose,
  { persons = null, after = 0, limit }: { persons?: readonly number[] | null; after?: number; limit: number },
): Promise<{ items: Owed[]; last: number | null }> {
  const texts = asking(await findTexts(db, workspace), purpose);
  const [newest] = texts;
  if (newest === undefined) return { items: [], last: null };
  const { rows } = await sql<Found>`
    select consent.id, node.person, consent.text_version as version, consent.at, consent.child, consent.channel
    from consent join node on node.id = consent.node
    where ${olderThan(workspace, purpose, newest)} and consent.id > ${after}
      and (${persons === null} or node.person = any(${numberList(persons ?? [])}::bigint[]))
    order by consent.id limit ${limit}`.execute(db);
  const standings = await findStandings(db, workspace, [...new Set(rows.map(({ person }) => person))]);
  const stands = ({ person, child, channel }: Found): boolean =>
    stateFor(standings.get(person)?.consents ?? [], purpose, {
      channel,
      child: child === null ? null : String(child),
    }) === "granted";
  const once = new Map(
    rows.filter(stands).map((row) => [`${row.person} ${row.child} ${row.channel}`, row] as const),
  );
  const items = [...once.values()].map((row) => ({ ...row, until: countsUntil(texts, row) }));
  return { items, last: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

/** Up to which day the first of their yeses counts, of those of these persons who owe an answer on anything. */
export async function findAskedAgain(
  db: Db,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, string>> {
  const texts = await findTexts(db, workspace);
  const asked = new Set(texts.filter((one) => one.againUntil !== null).map(({ purpose }) => purpose));
  const days = new Map<number, string>();
  for (const purpose of asked) {
    // A few words for each: by channel, and by child.
    const { items } = await findOwing(db, workspace, purpose, { persons, limit: 20 * persons.length });
    for (const { person, until } of items) {
      const day = days.get(person);
      if (until !== "" && (day === undefined || until < day)) days.set(person, until);
    }
  }
  return days;
}

/** How many persons owe an answer to the newest text of each purpose that asks again. */
export async function countOwing(db: Db, workspace: number): Promise<(text: ConsentText) => number> {
  const texts = await findTexts(db, workspace);
  const counts = new Map<ConsentText["purpose"], { version: number; persons: number }>();
  for (const text of texts) {
    if (text.againUntil === null || counts.has(text.purpose)) continue;
    const { rows } = await sql<{ persons: number }>`
      select count(distinct node.person)::int as persons from consent join node on node.id = consent.node
      where ${olderThan(workspace, text.purpose, text)}`.execute(db);
    counts.set(text.purpose, { version: text.version, persons: rows[0]?.persons ?? 0 });
  }
  return ({ purpose, version }) => {
    const count = counts.get(purpose);
    return count?.version === version ? count.persons : 0;
  };
}
