import { sql } from "kysely";
import { genderOfWord } from "../../events/segment-traits.ts";
import { normalise } from "../../people/normalise.ts";
import type { Vault } from "../../people/vault.store.ts";
import type { Db } from "../../platform/postgres.ts";
import { plainRecord } from "../../records/packed-record.ts";
import type { StatedRecord } from "../../records/record.ts";
import { count, type Progress } from "./progress.ts";

/** A child as stored, by the identifier that stated it. */
interface StoredChild {
  bornOn: string | null;
  gender: string | null;
  genderCode: string | null;
  statedBy: string;
}

/**
 * Where a child is known by a gender code that nobody has explained, and a record now says a word (or another code),
 * the record keeps the code: which code means what is not ours to guess. The pairs met are counted, to be asked about.
 */
export async function withKnownCodes(
  { db, vault }: { db: Db; vault: Vault },
  { workspace, import: importId }: { workspace: number; import: number },
  stated: readonly StatedRecord[],
  progress: Progress,
): Promise<readonly StatedRecord[]> {
  if (!stated.some(saysGender)) return stated;
  await vault.ready(workspace);
  const holders = stated.map((record) => (saysGender(record) ? holdersOf(vault, workspace, record) : []));
  const stored = await findChildren(db, workspace, holders.flat());
  return stated.map((record, i) => {
    const known = (holders[i] ?? []).flatMap((one) => stored.get(one.key) ?? []);
    if (known.length === 0) return record;
    const said = record.said.map((one) => {
      if (one.kind !== "child" || one.genderCode === undefined) return one;
      const before = known.find(({ bornOn }) => bornOn === (one.bornOn ?? null));
      if (before === undefined || before.statedBy === `import:${importId}`) return one;
      const isDecided = before.gender !== null && before.gender !== "unknown";
      const code = before.genderCode;
      if (code === null || code === one.genderCode || isDecided || genderOfWord(code) !== undefined)
        return one;
      count(progress.genders, `${code}|${one.genderCode}`);
      return { ...one, gender: undefined, genderCode: code };
    });
    return { ...plainRecord(record), said };
  });
}

const saysGender = (record: StatedRecord): boolean =>
  // What says none need not be taken out of its text.
  (record.saidText === undefined || record.saidText.includes('"genderCode"')) &&
  record.said.some((one) => one.kind === "child" && one.genderCode !== undefined);

interface Holder {
  key: string;
  namespace: string;
  hash: Buffer;
}

const holdersOf = (vault: Vault, workspace: number, { identifiers }: StatedRecord): Holder[] =>
  identifiers.flatMap((one) => {
    const found = normalise(one);
    if (!found.ok) return [];
    const { namespace, value } = found.identifier;
    const hash = vault.hash(workspace, namespace, value);
    return [{ key: `${namespace} ${hash.toString("base64")}`, namespace, hash }];
  });

async function findChildren(
  db: Db,
  workspace: number,
  holders: readonly Holder[],
): Promise<Map<string, StoredChild[]>> {
  const { rows } = await sql<StoredChild & { namespace: string; hash: Buffer }>`
    select node.namespace, node.value_hash as hash, born_on as "bornOn", gender, gender_code as "genderCode",
      stated_by as "statedBy"
    from unnest(${holders.map(({ namespace }) => namespace)}::text[], ${holders.map(({ hash }) => hash)}::bytea[])
      as holder (namespace, hash)
    join node on node.workspace_id = ${workspace} and node.namespace = holder.namespace
      and node.value_hash = holder.hash
    join child on child.node = node.id and child.removed_at is null`.execute(db);
  const found = new Map<string, StoredChild[]>();
  for (const row of rows) {
    const key = `${row.namespace} ${row.hash.toString("base64")}`;
    const of = found.get(key);
    if (of === undefined) found.set(key, [row]);
    else of.push(row);
  }
  return found;
}
