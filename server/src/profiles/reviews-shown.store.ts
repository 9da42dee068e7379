import type { Words } from "@stork/contract/common.ts";
import type { PersonSide, ReviewItem, ReviewPair } from "@stork/contract/identity.ts";
import { sql } from "kysely";
import type { StoredReview } from "../people/reviews.store.ts";
import type { Asking } from "./graph.store.ts";
import { findHeld } from "./held.store.ts";
import { namespaceWords } from "./held-words.ts";
import { warningsOf } from "./identity-changes.store.ts";
import { findSides, type SideParts } from "./sides.store.ts";

/** Every node of these persons, by person. */
async function nodesOf(
  { db }: SideParts,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ person: number; nodes: number[] }>`
    select person, array_agg(id) as nodes from node
    where workspace_id = ${workspace} and person = any(${persons}::bigint[]) group by 1`.execute(db);
  return new Map(rows.map(({ person, nodes }) => [person, nodes.map(Number)]));
}

/** Questions with both persons in brief. */
export async function reviewsShown(
  parts: SideParts,
  asking: Asking,
  items: readonly StoredReview[],
): Promise<ReviewItem[]> {
  const persons = [...new Set(items.flatMap(({ aPerson, bPerson }) => [aPerson, bPerson]))];
  if (persons.length === 0) return [];
  const nodes = await nodesOf(parts, asking.workspace, persons);
  const groups = persons.map((id) => ({ id, nodes: nodes.get(id) ?? [] }));
  const sides = await findSides(parts, asking.workspace, groups, asking.today);
  const byPerson = new Map(sides.map((side) => [Number(side.id), side]));
  const asked = ({ kind, state }: StoredReview) =>
    kind === "conflict" && (state === "open" || state === "later");
  const why = await findHeld(parts.db, asking.workspace, items.filter(asked));
  return items.map((item) => shown(item, byPerson, asked(item) ? why(item) : null));
}

function shown(item: StoredReview, sides: ReadonlyMap<number, PersonSide>, why: Words | null): ReviewItem {
  const brief = (person: number) => {
    const side = sides.get(person);
    const identifiers = side?.identifiers.slice(0, 4) ?? [];
    return {
      person: String(person),
      name: side?.name ?? null,
      identifiers: identifiers.map(({ namespace, value }) => `${namespace} ${value}`),
    };
  };
  const shownValue = (node: number, person: number): Words => {
    const found = sides.get(person)?.identifiers.find((one) => one.node === String(node));
    if (found === undefined) return { zh: "", en: "" };
    const name = namespaceWords(found.namespace);
    return { zh: `${name.zh} ${found.value}`, en: `${name.en} ${found.value}` };
  };
  const { answeredAt, answeredBy, reason } = item;
  return {
    ...{ id: String(item.id), kind: item.kind, state: item.state as ReviewItem["state"], score: item.score },
    because: [
      ...becauseOf(item, shownValue(item.a, item.aPerson), shownValue(item.b, item.bPerson)),
      ...(why === null ? [] : [why]),
    ],
    evidence: item.evidence,
    ...{ a: brief(item.aPerson), b: brief(item.bPerson), foundAt: item.foundAt.toISOString() },
    answered:
      answeredAt === null
        ? null
        : { who: answeredBy ?? "", at: answeredAt.toISOString(), reason: reason ?? "" },
  };
}

function becauseOf({ kind, evidence, score }: StoredReview, a: Words, b: Words): Words[] {
  if (kind === "conflict")
    return [
      {
        zh: `「${a.zh}」和「${b.zh}」一起出现过，但没有自动合并。`,
        en: `“${a.en}” and “${b.en}” came together, and were not joined by themselves.`,
      },
    ];
  if (kind === "shared") {
    const persons = Number(evidence["persons"] ?? 0);
    return [
      {
        zh: `至少 ${persons} 个人用过「${a.zh}」，它不再用来认人。以前因它合并的要不要拆开？`,
        en: `At least ${persons} persons showed “${a.en}”; it joins nobody any more. Should those it had joined part?`,
      },
    ];
  }
  if (score === null) return [];
  const percent = `${Math.round(score * 100)}%`;
  // Never certain: that is for whoever answers to say.
  const [zh, en] = score > 0.99 ? ["99% 以上", "over 99%"] : [percent, percent];
  return [
    kind === "household"
      ? { zh: `像一家人：${zh}`, en: `Likely one household: ${en}` }
      : { zh: `像同一个人：${zh}`, en: `Likely one person: ${en}` },
  ];
}

/** One question with both sides, and what they would be together. */
export async function pairShown(parts: SideParts, asking: Asking, item: StoredReview): Promise<ReviewPair> {
  const [brief] = await reviewsShown(parts, asking, [item]);
  const nodes = await nodesOf(parts, asking.workspace, [item.aPerson, item.bPerson]);
  const [own, others] = [nodes.get(item.aPerson) ?? [], nodes.get(item.bPerson) ?? []];
  const groups = [
    { id: item.aPerson, nodes: own },
    { id: item.bPerson, nodes: others },
    { id: null, nodes: [...new Set([...own, ...others])] },
  ];
  const [a, b, together] = (await findSides(parts, asking.workspace, groups, asking.today)) as [
    PersonSide,
    PersonSide,
    PersonSide,
  ];
  const merges = (item.kind === "conflict" || item.kind === "same-person") && item.aPerson !== item.bPerson;
  return {
    ...{ item: brief as ReviewItem, a, b, together: merges ? together : null },
    warnings: merges ? warningsOf([a, b], [together]) : [],
  };
}
