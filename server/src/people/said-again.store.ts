import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { KeyedText } from "./keyed-text.ts";
import { packedIds } from "./packed-array.ts";
import { canKeep, SaidWords, unsaid } from "./said-words.ts";
import { beginSealing, inOrder, type SealedTrait, sealAll, writeSealed } from "./sealed-trait.store.ts";
import type { Vault } from "./vault.store.ts";

/** How many are sealed and written at once, so that a transaction stays short. */
const atOnce = 5_000;
/** Words of the buyers of a large shop; beyond, all are forgotten and learned again. */
const mostRemembered = 500_000;
/** So many wait to be worked in at most: numbers of 16 bytes. */
const mostWaiting = 2_000_000;
/** An import says a few traits; keys come from outside. */
const mostKinds = 1_000;
/** Worked in bit by bit: what is written anew finds room on its page, and no index is written (0040_traits.sql). */
const parts = 4;

/**
 * What one import has said, in its own process. A buyer's every order says her name again: such a word is neither hashed
 * nor sealed nor written once more, and when it was said is put down beside (trait_again) and worked in later. Right as
 * long as nobody else writes this import's words: `holder` is who last began to, and tells when that was another.
 */
class ImportSaid {
  holder: string | undefined;
  waiting = 0;
  readonly words = new SaidWords();
  readonly #secret = new KeyedText();
  readonly #kinds = new Map<string, { number: number; hash: KeyedText }>();
  #before: Promise<unknown> = Promise.resolve();

  /** One after the other. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#before.then(work, work);
    this.#before = result.catch(() => undefined);
    return result;
  }

  hold(holder: string): void {
    this.words.clear();
    this.waiting = 0;
    this.holder = holder;
  }

  /** Remembers them; answers those to be written, and those of which only when they were said is to be put down. */
  take(traits: readonly SealedTrait[]): { fresh: SealedTrait[]; again: SealedTrait[] } {
    const fresh: SealedTrait[] = [];
    const again: SealedTrait[] = [];
    for (const one of traits) {
      const kind = this.#kindOf(one.key);
      if (kind === undefined || !canKeep(one.at)) {
        fresh.push(one);
        if (kind !== undefined) this.words.set(one.node, kind.number, unsaid);
        continue;
      }
      const known = this.words.get(one.node, kind.number);
      if (known !== undefined && known.at > one.at) continue;
      const { first: text, second } = kind.hash.of(one.json);
      const rest = second & 0xffff;
      const isSame = known !== undefined && known.text === text && known.rest === rest;
      if (isSame && known.at === one.at) continue;
      (isSame ? again : fresh).push(one);
      this.words.set(one.node, kind.number, { text, rest, at: one.at });
    }
    return { fresh, again };
  }

  /** What stands there is not what was remembered. */
  forget(traits: readonly SealedTrait[]): void {
    for (const { node, key } of traits) {
      const kind = this.#kindOf(key);
      if (kind !== undefined) this.words.set(node, kind.number, unsaid);
    }
  }

  #kindOf(key: string): { number: number; hash: KeyedText } | undefined {
    let kind = this.#kinds.get(key);
    if (kind === undefined && this.#kinds.size < mostKinds) {
      kind = { number: this.#kinds.size, hash: this.#secret.ofKind(key) };
      this.#kinds.set(key, kind);
    }
    return kind;
  }
}

const ofVaults = new WeakMap<Vault, Map<number, ImportSaid>>();

function saidOf(vault: Vault): Map<number, ImportSaid> {
  let imports = ofVaults.get(vault);
  if (imports === undefined) {
    imports = new Map();
    ofVaults.set(vault, imports);
  }
  return imports;
}

/** Takes down what a slice of an import says: of each node and key one word. What is said again waits for settleSaid. */
export async function sayOfImport(
  db: Db,
  vault: Vault,
  workspace: number,
  importId: number,
  traits: readonly SealedTrait[],
): Promise<void> {
  const imports = saidOf(vault);
  const said = imports.get(importId) ?? new ImportSaid();
  imports.set(importId, said);
  const rows = [...traits].sort(inOrder);
  await said.alone(async () => {
    for (let from = 0; from < rows.length; from += atOnce)
      await sayAll(db, vault, workspace, { importId, said, rows: rows.slice(from, from + atOnce) });
    if (said.waiting < mostWaiting && said.words.count < mostRemembered) return;
    await workIn(db, importId);
    said.holder = undefined;
  });
}

interface Saying {
  importId: number;
  said: ImportSaid;
  rows: readonly SealedTrait[];
}

async function sayAll(
  db: Db,
  vault: Vault,
  workspace: number,
  { importId, said, rows }: Saying,
): Promise<void> {
  for (;;) {
    if (said.holder === undefined) said.hold(await takeHold(db, importId));
    const { holder } = said;
    try {
      const { fresh, again } = said.take(rows);
      const sealed = sealAll(vault, workspace, fresh);
      const isHeld = await db.transaction().execute(async (tx) => {
        if ((await holderOf(tx, importId)) !== holder) return false;
        await beginSealing(tx);
        await putDown(tx, importId, again);
        said.forget(await writeSealed(tx, workspace, sealed));
        return true;
      });
      said.waiting += again.length;
      if (isHeld) return;
      said.holder = undefined;
    } catch (error) {
      // What was remembered may not have been kept.
      said.holder = undefined;
      throw error;
    }
  }
}

/** For words of an import that come by themselves, mended rows for one: whoever remembers its words begins anew. */
export async function sayBeside(
  db: Db,
  vault: Vault,
  workspace: number,
  importId: number,
  traits: readonly SealedTrait[],
): Promise<void> {
  // In the midst of the import they are part of it.
  if (saidOf(vault).has(importId)) return sayOfImport(db, vault, workspace, importId, traits);
  const sealed = sealAll(vault, workspace, traits);
  await db.transaction().execute(async (tx) => {
    if ((await holderOf(tx, importId)) !== undefined) await letGo(tx, importId);
    await beginSealing(tx);
    await writeSealed(tx, workspace, sealed);
  });
}

/** Whoever stops bringing an import in keeps nothing of it in memory; what waits goes on waiting. */
export function forgetSaid(vault: Vault, importId: number): void {
  saidOf(vault).delete(importId);
}

/** Works in what an import said again, once it is over; asked twice, it changes nothing. */
export async function settleSaid(db: Db, vault: Vault, importId: number): Promise<void> {
  forgetSaid(vault, importId);
  await workIn(db, importId);
}

/** Each part in a transaction of its own, so that it stays short. */
async function workIn(db: Db, importId: number): Promise<void> {
  for (let part = 0; part < parts; part += 1)
    await db.transaction().execute(async (tx) => {
      await lockWords(tx, importId);
      await beginSealing(tx);
      await workInPart(tx, importId, part);
    });
  await db.transaction().execute(async (tx) => {
    if ((await holderOf(tx, importId)) !== undefined) await letGo(tx, importId);
  });
}

async function takeHold(db: Db, importId: number): Promise<string> {
  await workIn(db, importId);
  const holder = randomUUID();
  await db.transaction().execute(async (tx) => {
    await lockWords(tx, importId);
    await letGo(tx, importId);
    await sql`insert into trait_holder (import, holder) values (${importId}, ${holder})`.execute(tx);
  });
  return holder;
}

const lockWords = (tx: Tx, importId: number) =>
  sql`select pg_advisory_xact_lock(7191, ${importId}::int)`.execute(tx);

/** Who remembers an import's words, to the end of the transaction; null: what they remember is no longer right. */
async function holderOf(tx: Tx, importId: number): Promise<string | null | undefined> {
  await lockWords(tx, importId);
  const { rows } = await sql<{ holder: string | null }>`
    select case when exists (select from trait_taken where import = ${importId}) then null else holder::text end as holder
    from trait_holder where import = ${importId}`.execute(tx);
  return rows[0]?.holder;
}

/** Works everything in, so that nobody who remembered goes on from it. */
async function letGo(tx: Tx, importId: number): Promise<void> {
  await beginSealing(tx);
  for (let part = 0; part < parts; part += 1) await workInPart(tx, importId, part);
  await sql`delete from trait_taken where import = ${importId}`.execute(tx);
  await sql`delete from trait_holder where import = ${importId}`.execute(tx);
}

async function workInPart(tx: Tx, importId: number, part: number): Promise<void> {
  await sql`
    with waiting as (delete from trait_again where import = ${importId} and part = ${part} returning key, nodes, ms),
    newest as (
      select key, node, to_timestamp(max(ms) / 1000.0) as at
      from (select key, unnest(nodes) as node, unnest(ms) as ms from waiting) as each
      group by key, node order by node, key)
    update vault_trait as kept set at = newest.at from newest
    where kept.node = newest.node and kept.key = newest.key and kept.import = ${importId} and kept.at < newest.at`.execute(
    tx,
  );
}

/** One row for each key and part. */
async function putDown(tx: Tx, importId: number, again: readonly SealedTrait[]): Promise<void> {
  if (again.length === 0) return;
  const rows = [...Map.groupBy(again, ({ key }) => key)].flatMap(([key, ofKey]) =>
    [...Map.groupBy(ofKey, ({ node }) => partOf(node))].map(
      ([part, some]) => sql`(${importId}::int, ${part}::smallint, ${key}::text,
        ${packedIds(some.map(({ node }) => node))}::bigint[], ${packedIds(some.map(({ at }) => at))}::bigint[])`,
    ),
  );
  await sql`insert into trait_again (import, part, key, nodes, ms) values ${sql.join(rows)}`.execute(tx);
}

/** Those of one page in all parts alike: they were numbered one after the other, by twos or threes. */
const partOf = (node: number): number => Math.imul(node >>> 0, 0x9e3779b1) >>> (32 - Math.log2(parts));
