import type { ConsentChannel, ConsentWord, Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { findFaces } from "./faces.store.ts";
import { stateFor } from "./legal.ts";

interface Asked {
  readonly purpose: Purpose;
  readonly version: number;
  readonly state: ConsentWord["state"] | null;
  /** The number of the last word of the page before. */
  readonly before: number | null;
  readonly limit: number;
}

interface Row {
  readonly id: number;
  readonly person: number;
  readonly state: ConsentWord["state"];
  readonly by: string;
  readonly at: Date;
  readonly channel: ConsentChannel | null;
  readonly child: string | null;
}

/** A word is kept at each node of a person: so many rows are read for one that is shown, at most. */
const rowsAWord = 8;

/** Who read this version and what they said, the newest first, with where they stand today. */
export async function findTextWords(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  workspace: number,
  { purpose, version, state, before, limit }: Asked,
): Promise<{ items: ConsentWord[]; next: string | null }> {
  const most = (limit + 1) * rowsAWord;
  const { rows } = await sql<Row>`
    select consent.id, node.person, consent.state, consent.said_by as by, consent.at, consent.channel,
      consent.child::text
    from consent join node on node.id = consent.node
    where consent.workspace_id = ${workspace} and consent.purpose = ${purpose}
      and consent.text_version = ${version} and (${state}::text is null or consent.state = ${state}::text)
      and (${before}::bigint is null or consent.id < ${before}::bigint)
    order by consent.id desc limit ${most}`.execute(db);
  const groups = [...Map.groupBy(rows, sameWord).values()];
  const shown = groups.slice(0, limit);
  const persons = [...new Set(shown.flatMap((words) => words[0]?.person ?? []))];
  const standings = await findStandings(db, workspace, persons);
  const faceOf = await findFaces({ db, vault }, workspace, persons);
  const items = shown.flatMap(([word]): ConsentWord[] => {
    if (word === undefined) return [];
    const { person, at, by, channel, child } = word;
    const now = stateFor(standings.get(person)?.consents ?? [], purpose, { channel, child });
    return [
      {
        ...{ person: String(person), ...faceOf(person), state: word.state, at: at.toISOString() },
        ...{ by, channel, child, now: now === "none" ? word.state : now },
      },
    ];
  });
  const more = groups.length > limit || rows.length === most;
  return { items, next: more ? String(shown.at(-1)?.at(-1)?.id) : null };
}

const sameWord = ({ person, state, by, at, channel, child }: Row): string =>
  [person, state, by, at.getTime(), channel, child].join("\n");
