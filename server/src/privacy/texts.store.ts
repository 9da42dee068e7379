import { type ConsentText, type Purpose, purposes } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { standardTexts } from "./texts.ts";

/** Every text there ever was, the newest of a purpose first: a receipt shows what was read, not what is read today. */
export async function findTexts(db: Db | Tx, workspace: number): Promise<ConsentText[]> {
  const { rows } = await sql<Omit<ConsentText, "from"> & { from: Date }>`
    select purpose, version, zh, en, from_at as "from", said_by as by, again_until as "againUntil" from consent_text
    where workspace_id = ${workspace} order by version desc`.execute(db);
  return purposes.flatMap((purpose) => [
    ...rows
      .filter((row) => row.purpose === purpose)
      .map((row): ConsentText => ({ ...row, from: row.from.toISOString() })),
    { purpose, version: 0, ...standardTexts[purpose], from: null, by: null, againUntil: null },
  ]);
}

type NewText = Pick<ConsentText, "purpose" | "zh" | "en" | "againUntil"> & {
  readonly by: string;
  readonly at: Date;
};

/** A new version; the old ones stay for the receipts. */
export async function addText(
  db: Db,
  workspace: number,
  { purpose, zh, en, againUntil, by, at }: NewText,
): Promise<void> {
  await sql`
    insert into consent_text (workspace_id, purpose, version, zh, en, from_at, said_by, again_until)
    select ${workspace}, ${purpose}, coalesce(max(version), 0) + 1, ${zh}, ${en}, ${at}, ${by}, ${againUntil}::date
    from consent_text where workspace_id = ${workspace} and purpose = ${purpose}`.execute(db);
}

/** How many persons said yes or no to each version, as they read it; by purpose and version. */
export async function countWords(
  db: Db,
  workspace: number,
): Promise<(text: Pick<ConsentText, "purpose" | "version">) => { granted: number; withdrawn: number }> {
  const { rows } = await sql<{ purpose: Purpose; version: number; granted: number; withdrawn: number }>`
    select consent.purpose, consent.text_version as version,
      count(distinct node.person) filter (where consent.state = 'granted')::int as granted,
      count(distinct node.person) filter (where consent.state = 'withdrawn')::int as withdrawn
    from consent join node on node.id = consent.node
    where consent.workspace_id = ${workspace} and consent.text_version is not null
    group by 1, 2`.execute(db);
  const counts = new Map(rows.map((row) => [`${row.purpose} ${row.version}`, row]));
  return ({ purpose, version }) => {
    const { granted = 0, withdrawn = 0 } = counts.get(`${purpose} ${version}`) ?? {};
    return { granted, withdrawn };
  };
}
