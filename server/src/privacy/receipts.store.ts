import type { ChainCheck, ConsentText, Receipt } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { type ChainedWord, chainStart, receiptHash } from "./receipt-chain.ts";
import { findTexts } from "./texts.store.ts";

const slice = 5_000;
const wordColumns =
  sql.raw(`consent.id, consent.node, consent.purpose, consent.state, consent.said_by as by, consent.at,
  consent.channel, consent.child, consent.text_version as "textVersion"`);

/** Chains every word that is not yet; words of one workspace take turns, over all servers. */
export async function chainReceipts(db: Db, workspace: number): Promise<number> {
  for (let done = 0; ; ) {
    const count = await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(7198, ${workspace}::int)`.execute(tx);
      const { rows: words } = await sql<ChainedWord>`
        select ${wordColumns} from consent where workspace_id = ${workspace} and not chained
        order by id limit ${slice}`.execute(tx);
      if (words.length === 0) return 0;
      const { rows: last } = await sql<{ seq: number; hash: Buffer }>`
        select seq, hash from consent_receipt where workspace_id = ${workspace} order by seq desc limit 1`.execute(
        tx,
      );
      let { seq, hash } = last[0] ?? { seq: 0, hash: chainStart };
      const links = words.map((word) => {
        seq += 1;
        hash = receiptHash(hash, workspace, seq, word);
        return { seq, hash, id: word.id };
      });
      await sql`
        with chained as (
          insert into consent_receipt (workspace_id, seq, consent_id, hash)
          select ${workspace}, seq, id, hash
          from unnest(${links.map((one) => one.seq)}::bigint[], ${links.map(({ id }) => id)}::bigint[],
            ${links.map((one) => one.hash)}::bytea[]) as of (seq, id, hash)
          returning consent_id
        )
        update consent set chained = true from chained where consent.id = chained.consent_id`.execute(tx);
      return words.length;
    });
    done += count;
    if (count < slice) return done;
  }
}

/** Reads the whole chain again, in slices. What the law has erased leaves its place, which proves nothing more. */
export async function checkChain(db: Db, workspace: number): Promise<ChainCheck> {
  await chainReceipts(db, workspace);
  const check: ChainCheck = { receipts: 0, erased: 0, broken: [] };
  let [seq, hash] = [0, chainStart];
  for (;;) {
    const { rows } = await sql<Partial<ChainedWord> & { seq: number; hash: Buffer; consent: number }>`
      select receipt.seq, receipt.hash, receipt.consent_id as consent, ${wordColumns}
      from consent_receipt as receipt left join consent on consent.id = receipt.consent_id
      where receipt.workspace_id = ${workspace} and receipt.seq > ${seq} order by receipt.seq limit ${slice}`.execute(
      db,
    );
    for (const row of rows) {
      if (row.seq !== seq + 1) check.broken.push({ seq: row.seq, why: "missing" });
      // A word that is gone is read over: the next one is held against the hash as it was written down.
      if (row.id === null || row.id === undefined) check.erased += 1;
      else if (!receiptHash(hash, workspace, row.seq, row as ChainedWord).equals(row.hash))
        check.broken.push({ seq: row.seq, why: "altered" });
      check.receipts += 1;
      [seq, hash] = [row.seq, row.hash];
    }
    if (rows.length < slice) return check;
  }
}

type Kept = ChainedWord & { seq: number | null; hash: Buffer | null };

/** Everything this person ever said, or had said, on consent, newest first; said at several nodes it is one word. */
export async function findReceipts(db: Db, workspace: number, person: number): Promise<Receipt[]> {
  await chainReceipts(db, workspace);
  const { rows } = await sql<Kept>`
    select distinct on (consent.at, consent.said_by, consent.purpose, consent.channel, consent.child, consent.state)
      ${wordColumns}, receipt.seq, receipt.hash
    from node join consent on consent.node = node.id
    left join consent_receipt as receipt on receipt.consent_id = consent.id
    where node.workspace_id = ${workspace} and node.person = ${person}
    order by consent.at desc, consent.said_by, consent.purpose, consent.channel, consent.child, consent.state, consent.id
    limit 500`.execute(db);
  const texts = await findTexts(db, workspace);
  return rows.map((row) => shown(row, texts));
}

function shown(word: Kept, texts: readonly ConsentText[]): Receipt {
  const { seq, hash, state, by, at, channel, child, textVersion } = word;
  const text = texts.find(({ purpose, version }) => purpose === word.purpose && version === textVersion);
  return {
    ...{ seq, by, at: at.toISOString() },
    hash: hash?.toString("hex") ?? null,
    purpose: word.purpose as Receipt["purpose"],
    state: state as Receipt["state"],
    channel: channel as Receipt["channel"],
    child: child === null ? null : String(child),
    text: text === undefined ? null : { version: text.version, zh: text.zh, en: text.en },
  };
}
