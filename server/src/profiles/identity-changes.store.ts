import type { Words } from "@stork/contract/common.ts";
import type { IdentityChange, IdentityPreview, PersonSide } from "@stork/contract/identity.ts";
import type { Shape } from "../people/change.store.ts";
import type { Change } from "../people/decision.ts";
import type { Identity } from "../people/identity.store.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Asking } from "./graph.store.ts";
import { refusals } from "./refusals.ts";
import { identifiersIn } from "./search.ts";
import { findSides, type SideParts } from "./sides.store.ts";

/** A change as it was asked for, by nodes. An identifier that was never seen becomes a node by being linked. */
export async function changeOf(
  { identity }: { identity: Identity },
  workspace: number,
  asked: IdentityChange,
): Promise<Change> {
  if (asked.kind === "split")
    return { kind: "split", person: Number(asked.person), nodes: asked.nodes.map(Number) };
  if (asked.kind === "share" || asked.kind === "unshare")
    return { kind: asked.kind, node: Number(asked.node) };
  if (asked.kind !== "link") return { kind: asked.kind, a: Number(asked.a), b: Number(asked.b) };
  const [identifier] = identifiersIn(asked.identifier);
  if (identifier === undefined) throw new Refusal(refusals.badIdentifier);
  const sighting = {
    identifiers: [identifier],
    source: 0,
    message: "link",
    at: new Date(0),
    rule: "same-message",
  };
  const [nodes] = await identity.resolve(workspace, [sighting as never]);
  if (nodes?.[0] === undefined) throw new Refusal(refusals.badIdentifier);
  return { kind: "link", person: Number(asked.person), node: nodes[0] };
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
