import type { Correction } from "@stork/contract/rights.ts";
import { sql } from "kysely";
import { findChildren, lockChildren, mirrorChildren, type StoredChild } from "../../people/child.store.ts";
import { correctChild } from "../../people/child-change.store.ts";
import { findVaultTraits } from "../../people/trait.store.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findPlainTraits } from "../../profiles/person-facts.store.ts";
import { findIdentifiers } from "../../profiles/person-nodes.store.ts";
import type { Answer, AnswerParts, Asked } from "../answer.ts";
import { nothingToCorrect, unknownSubject } from "../refusals.ts";

/**
 * Puts right what is said of her: the new word is stated like any other, the newest counts. What stood there before is
 * kept sealed beside it. Events are not rewritten: what was ordered was ordered.
 */
export const correct: Answer = {
  words: { zh: "更正与补充", en: "Correct" },
  handsOver: false,
  carryOut: async (parts, asked) => {
    const { correction } = asked;
    const traits = Object.keys(correction?.traits ?? {});
    const children = correction?.children ?? [];
    if (traits.length + children.length === 0) throw new Refusal(nothingToCorrect);
    await correctChildren(parts, asked, children);
    await correctTraits(parts, asked, correction?.traits ?? {});
    return { state: "done", detail: { traits: traits.length, children: children.length } };
  },
};

async function correctTraits(
  parts: AnswerParts,
  asked: Asked,
  traits: Readonly<Record<string, unknown>>,
): Promise<void> {
  const keys = Object.keys(traits);
  if (keys.length === 0) return;
  const { db, clickhouse, vault, clock, recordStatements } = parts;
  const { workspace, person } = asked;
  const nodes = (await findIdentifiers(db, vault, workspace, [person])).map(({ node }) => node);
  const [sealed, plain] = await Promise.all([
    findVaultTraits(db, vault, workspace, [person]),
    findPlainTraits(clickhouse, workspace, nodes, keys),
  ]);
  for (const key of keys) {
    const before =
      sealed.findLast((one) => one.key === key)?.value ?? plain.findLast((one) => one.key === key)?.value;
    await keepBefore(parts, asked, {
      node: person,
      child: null,
      what: `trait:${key}`,
      before,
      after: traits[key],
    });
  }
  // Later than any word before, also than one that came with a time to come.
  const newest = Math.max(
    0,
    ...sealed.map(({ at }) => at.getTime()),
    ...plain.map(({ atMs }) => Number(atMs)),
  );
  const at = new Date(Math.max(clock.now().getTime(), newest + 1));
  const said = Object.fromEntries(Object.entries(traits).map(([key, value]) => [key, value ?? ""]));
  await recordStatements(workspace, [{ kind: "traits", node: person, at, traits: said }]);
  await parts.touched(workspace, nodes);
}

type ChildChange = NonNullable<Correction["children"]>[number];

async function correctChildren(
  parts: AnswerParts,
  asked: Asked,
  changes: readonly ChildChange[],
): Promise<void> {
  const { db, clickhouse, clock } = parts;
  const { workspace, person, who } = asked;
  for (const change of changes) {
    const child = (await findChildren(db, workspace, [person])).find(({ id }) => String(id) === change.id);
    if (child === undefined) throw new Refusal(unknownSubject);
    await keepBefore(parts, asked, beforeAndAfter(parts, workspace, child, change));
    const rows = await db.transaction().execute(async (tx) => {
      await lockChildren(tx, workspace);
      return correctChild(tx, child.id, said(parts, workspace, child, change), { by: who, at: clock.now() });
    });
    await mirrorChildren(clickhouse, rows);
    await parts.touched(workspace, [child.node]);
  }
}

const said = ({ vault }: AnswerParts, workspace: number, child: StoredChild, change: ChildChange) => ({
  ...(change.bornOn === undefined ? {} : { bornOn: change.bornOn }),
  ...(change.dueOn === undefined ? {} : { dueOn: change.dueOn }),
  ...(change.gender === undefined ? {} : { gender: change.gender }),
  ...(change.name === undefined
    ? {}
    : { sealedName: change.name === null ? null : vault.seal(workspace, change.name) }),
  // A date put right is not impossible any more; whether it is usable is asked of the date itself.
  marks: child.marks.filter((mark) => mark !== "date-impossible"),
});

const beforeAndAfter = (
  { vault }: AnswerParts,
  workspace: number,
  child: StoredChild,
  change: ChildChange,
) => {
  const { id, node, bornOn, dueOn, gender, sealedName } = child;
  const name = sealedName === null ? null : vault.open(workspace, sealedName);
  return { node, child: id, what: "child", before: { bornOn, dueOn, gender, name }, after: change };
};

async function keepBefore(
  { db, vault, clock }: AnswerParts,
  { workspace, id, who }: Asked,
  one: { node: number; child: number | null; what: string; before: unknown; after: unknown },
): Promise<void> {
  const sealed = (value: unknown) =>
    value === undefined || value === null ? null : vault.seal(workspace, JSON.stringify(value));
  await sql`
    insert into rights_correction (workspace_id, request_id, node, child, what, sealed_before, sealed_after, by, at)
    values (${workspace}, ${id}, ${one.node}, ${one.child}, ${one.what}, ${sealed(one.before)}, ${sealed(one.after)},
      ${who}, ${clock.now()})`.execute(db);
}
