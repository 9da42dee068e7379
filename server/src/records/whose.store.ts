import type { Identity } from "../people/identity.store.ts";
import type { Sighting } from "../people/identity.ts";
import type { Statement } from "../people/statements.ts";
import type { Db } from "../platform/postgres.ts";
import { findBirthdays, isAgeImpossible } from "./ages.store.ts";
import { kinds } from "./kinds.ts";
import type { RecordOrigin } from "./record.ts";
import { recordKey, type Taken } from "./taking.ts";
import type { Version } from "./version.ts";

export interface WhoseDeps {
  db: Db;
  identity: Pick<Identity, "resolve">;
}

/**
 * Finds whom the records are about. One whose identifiers name nobody (masked, missing) is kept under a number of its
 * own, unless another part of it is known to be somebody's.
 */
export async function findWhose(
  { identity }: WhoseDeps,
  origin: RecordOrigin,
  taken: readonly Taken[],
  before: ReadonlyMap<string, readonly Version[]>,
): Promise<void> {
  // A packed record makes its identifiers each time it is asked for them.
  const named = taken.flatMap((one): Named[] => {
    const identifiers = one.node === 0 ? one.record.identifiers : [];
    return identifiers.length === 0 ? [] : [{ one, identifiers }];
  });
  await resolve(identity, origin, named);
  const known = new Set<string>();
  for (const { record, id, node } of taken) if (node !== 0) known.add(recordKey(record.kind, id));
  const orphans = taken.flatMap((one): Named[] => {
    const { record, id } = one;
    const otherwise = one.node === 0 ? record.otherwise : null;
    if (otherwise === null) return [];
    const key = recordKey(record.kind, id);
    const isSomebodys = known.has(key) || before.get(key)?.some((version) => version.node !== 0);
    return record.part === "" || !isSomebodys ? [{ one, identifiers: [otherwise] }] : [];
  });
  await resolve(identity, origin, orphans);
}

/** A record, and by what it is looked for whom it is about. */
interface Named {
  readonly one: Taken;
  readonly identifiers: Sighting["identifiers"];
}

async function resolve(
  identity: WhoseDeps["identity"],
  { workspace, source, received }: RecordOrigin,
  named: readonly Named[],
): Promise<void> {
  if (named.length === 0) return;
  const nodes = await identity.resolve(
    workspace,
    named.map(({ one, identifiers }) => ({
      identifiers,
      source,
      message: one.id,
      at: new Date(one.record.at ?? received),
      rule: "same-row" as const,
    })),
  );
  for (const [i, { one }] of named.entries()) one.node = nodes[i]?.[0] ?? 0;
}

/** Holds purchases against the ages of the buyers' children. */
export async function markAges(
  { db }: WhoseDeps,
  taken: readonly Taken[],
  zone: string,
  { workspace, received }: Pick<RecordOrigin, "workspace" | "received">,
): Promise<void> {
  const checked = taken.filter(({ node, record }) => node !== 0 && kinds[record.kind].checksAge);
  if (checked.length === 0) return;
  const birthdays = await findBirthdays(db, workspace, [...new Set(checked.map(({ node }) => node))]);
  if (birthdays.size === 0) return;
  for (const one of checked) {
    const born = birthdays.get(one.node);
    if (born !== undefined && isAgeImpossible(one.record.at ?? received, born, zone))
      one.marks = [...one.marks, "age-impossible"];
  }
}

/** What the records say of their persons. */
export function statementsOf(
  taken: readonly Pick<Taken, "record" | "node" | "decision">[],
  origin: RecordOrigin,
): Statement[] {
  const by = origin.import > 0 ? `import:${origin.import}` : `source:${origin.source}`;
  const statements: Statement[] = [];
  for (const { record, node, decision } of taken) {
    if (node === 0 || decision.keep === null) continue;
    const all = record.said;
    if (all.length === 0) continue;
    const at = new Date(
      record.kind === "order" ? (record.at ?? origin.received) : (record.changedAt ?? origin.received),
    );
    for (const said of all) {
      if (said.kind === "child") statements.push({ ...said, node, at, statedBy: by });
      else if (said.kind === "consent") statements.push({ ...said, node, at, saidBy: by });
      else statements.push({ ...said, node, at, import: origin.import });
    }
  }
  return statements;
}
