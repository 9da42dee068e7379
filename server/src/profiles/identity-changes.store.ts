import type { Words } from "@stork/contract/common.ts";
import type { IdentityChange, IdentityPreview, PersonSide } from "@stork/contract/identity.ts";
import type { Changes, Shape } from "../people/change.store.ts";
import type { Change } from "../people/decision.ts";
import type { Identity } from "../people/identity.store.ts";
import type { Identifier, Sighting } from "../people/identity.ts";
import { findNodes, findPersonsOf } from "../people/node.store.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import type { Asking } from "./graph.store.ts";
import { refusals } from "./refusals.ts";
import { identifiersIn } from "./search.ts";
import { findSides, type SideParts } from "./sides.store.ts";

/** A change as it was asked for, by nodes. An identifier that was never seen becomes a node by being linked. */
export async function changeOf(
  { identity, db }: { identity: Identity; db: Db },
  workspace: number,
  asked: IdentityChange,
): Promise<Change> {
  if (asked.kind !== "link") return plainChange(asked);
  const person = Number(asked.person);
  if ((await findPersonsOf(db, workspace, [person])).length === 0) throw new Refusal(refusals.unknownPerson);
  const identifiers = [identifierOf(asked)];
  const sighting: Sighting = {
    ...{ identifiers, source: 0, message: "link", at: new Date(0), rule: "same-message" },
  };
  const [nodes] = await identity.resolve(workspace, [sighting]);
  if (nodes?.[0] === undefined) throw new Refusal(refusals.badIdentifier);
  return { kind: "link", person, node: nodes[0] };
}

function plainChange(asked: Exclude<IdentityChange, { kind: "link" }>): Change {
  if (asked.kind === "split")
    return { kind: "split", person: Number(asked.person), nodes: asked.nodes.map(Number) };
  if (asked.kind === "share" || asked.kind === "unshare")
    return { kind: asked.kind, node: Number(asked.node) };
  return { kind: asked.kind, a: Number(asked.a), b: Number(asked.b) };
}

function identifierOf({ identifier }: Extract<IdentityChange, { kind: "link" }>): Identifier {
  const [found] = identifiersIn(identifier);
  if (found === undefined) throw new Refusal(refusals.badIdentifier);
  return found;
}

type Parts = SideParts & { readonly changes: Changes };

/** What a change would do. Nothing is made by looking: an identifier that nobody showed is only drawn beside hers. */
export async function preview(parts: Parts, asking: Asking, asked: IdentityChange): Promise<IdentityPreview> {
  const { changes, db, vault } = parts;
  const { workspace } = asking;
  const after = (change: Change) => changes.preview(workspace, change);
  if (asked.kind !== "link") return previewShown(parts, asking, await after(plainChange(asked)));
  const { namespace, value } = identifierOf(asked);
  await vault.ready(workspace);
  const wanted = { namespace, hash: vault.hash(workspace, namespace, value) };
  const [node] = await findNodes(db, workspace, [wanted]);
  const person = Number(asked.person);
  if (node !== undefined)
    return previewShown(parts, asking, await after({ kind: "link", person, node: node.id }));
  const nodes = (await findPersonsOf(db, workspace, [person])).map(({ id }) => id);
  if (nodes.length === 0) throw new Refusal(refusals.unknownPerson);
  const [side] = (await findSides(parts, workspace, [{ id: person, nodes }], asking.today)) as [PersonSide];
  const fresh = { namespace, value: maskIdentifier(namespace, value), since: side.firstSeenAt };
  const added = { ...fresh, node: "0", shared: false };
  return {
    ...{ before: [side], after: [{ ...side, identifiers: [...side.identifiers, added] }] },
    warnings: [
      {
        zh: "还没有人出示过这个标识：关联之后，带着它来的一切都算她的。请核对有没有写错。",
        en: "Nobody has shown this identifier yet: whatever comes with it will be hers. Look at it twice.",
      },
    ],
  };
}

/** Both states, each person as short as one compares them. */
export async function previewShown(
  parts: SideParts,
  { workspace, today }: Asking,
  shape: Shape,
): Promise<IdentityPreview> {
  const changed = [...shape.after].filter(
    ([person, nodes]) => shape.before.get(person)?.length !== nodes.length,
  );
  const ids = new Set(changed.flatMap(([, nodes]) => nodes));
  const touches = (nodes: readonly number[]) => ids.size === 0 || nodes.some((node) => ids.has(node));
  const groups = (persons: Shape["after"]) =>
    [...persons].filter(([, nodes]) => touches(nodes)).map(([id, nodes]) => ({ id, nodes }));
  const [was, becomes] = [groups(shape.before), groups(shape.after)];
  const sides = await findSides(parts, workspace, [...was, ...becomes], today);
  const [before, after] = [sides.slice(0, was.length), sides.slice(was.length)];
  return { before, after, warnings: warningsOf(before, after) };
}

/** What one should look at twice before two become one. */
export function warningsOf(before: readonly PersonSide[], after: readonly PersonSide[]): Words[] {
  const warnings: Words[] = [];
  const withdrawn = (side: PersonSide) =>
    new Set(side.consents.filter(({ state }) => state === "withdrawn").map(({ purpose }) => purpose));
  if (after.length < before.length) {
    const names = new Set(before.flatMap(({ name }) => name ?? []));
    if (names.size > 1) warnings.push({ zh: "两边的姓名不同。", en: "The two have different names." });
    const cities = new Set(before.flatMap(({ city }) => city ?? []));
    if (cities.size > 1)
      warnings.push({ zh: "两边不在同一个城市。", en: "The two are in different cities." });
    if (before.some((side) => withdrawn(side).size > 0))
      warnings.push({
        zh: "一边撤回过授权：合并后从严，整个人都不再使用。",
        en: "One of them withdrew a consent: the stricter holds for both.",
      });
    if (before.some(({ suppressed }) => suppressed) && !before.every(({ suppressed }) => suppressed))
      warnings.push({
        zh: "一边在拒收名单上：合并后整个人都不再收到消息。",
        en: "One of them is not to be written to: after the merge neither is.",
      });
  }
  if (after.length > before.length && after.some(({ identifiers }) => identifiers.length === 1))
    warnings.push({
      zh: "拆开后有一边只剩一个标识。",
      en: "One side is left with a single identifier.",
    });
  return warnings;
}
