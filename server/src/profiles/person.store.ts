import type { Person, RevealedPerson } from "@stork/contract/people.ts";
import { childrenOrGuesses } from "../families/inferred.store.ts";
import { findFamilyChildren, type StoredChild } from "../people/child.store.ts";
import { displayName } from "../people/display-name.ts";
import { findHousehold } from "../people/household.store.ts";
import { findVaultTraits, type VaultTrait } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { findStandings } from "../privacy/consent.store.ts";
import { type Sight, whole } from "../privacy/sight.ts";
import { shownSilence, silencesOf } from "../privacy/silence.store.ts";
import { findDoings, findPlainTraits, sumOf, traitValue } from "./person-facts.store.ts";
import {
  findEvidence,
  findIdentifiers,
  ourselves,
  type PersonNode,
  ruleWords,
} from "./person-nodes.store.ts";
import { whoSaid } from "./who-said.store.ts";

export interface ProfileParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  /** The segments a person is in; a later room's knowledge, handed in by main. */
  readonly segmentsOf: (
    workspace: number,
    person: number,
  ) => Promise<{ id: string; name: string; since: string }[]>;
}

/** Everything known of a person on a date, as the caller may see it (see privacy/look.store.ts). */
export async function loadPerson(
  parts: ProfileParts,
  workspace: number,
  person: number,
  { on, sight }: { on: string; sight: Sight },
): Promise<Person> {
  const { db, clickhouse, vault } = parts;
  const { family, persons } = await findHousehold(db, workspace, person);
  const nodes = await findIdentifiers(db, vault, workspace, [person]);
  const ids = nodes.map(({ node }) => node);
  const [children, sealed, plain, doings, standings, silences, evidence, segments] = await Promise.all([
    findFamilyChildren(db, workspace, persons),
    findVaultTraits(db, vault, workspace, [person]),
    findPlainTraits(clickhouse, workspace, ids),
    findDoings(clickhouse, workspace, ids),
    findStandings(db, workspace, [person]),
    silencesOf(db, workspace, [person]),
    findEvidence(db, workspace, person),
    parts.segmentsOf(workspace, person),
  ]);
  const did = sumOf([...doings.values()]);
  const consents = standings.get(person)?.consents ?? [];
  const quiet = silences.get(person) ?? [];
  const nameOf = await whoSaid(db, workspace, [
    ...quiet.map(({ by }) => by),
    ...children.map(({ statedBy }) => statedBy),
    ...consents.map(({ by }) => by),
  ]);
  const shownChildren = await childrenOrGuesses(db, workspace, { children, persons }, on, (child) =>
    childName(vault, workspace, child, sight),
  );
  const name = displayName(sealed);
  const since = new Date(
    Math.min(...nodes.map((node) => node.since.getTime()), did.firstAt?.getTime() ?? Infinity),
  );
  return {
    id: String(person),
    family: String(family),
    name: name === null ? null : sight.name(name),
    identifiers: nodes.map((node) => shown(node, sight)),
    traits: {
      ...newestOf(plain),
      ...shownTraits(sealed, sight),
    },
    tags: {},
    children: shownChildren.map((child) =>
      child.statedBy === undefined ? child : { ...child, statedBy: nameOf(child.statedBy) },
    ),
    consents: consents.map((consent) => ({ ...consent, by: nameOf(consent.by) })),
    suppressed: standings.get(person)?.suppressed ?? false,
    silences: quiet.map((silence) => shownSilence(silence, nameOf)),
    segments,
    orders: { count: did.orders, amountFen: did.amountFen, lastAt: did.lastOrderAt?.toISOString() ?? null },
    firstSeenAt: since.toISOString(),
    evidence: evidence.flatMap(({ a, b, rule, source, at }) => {
      const [first, second] = [a, b].map((id) => nodes.find(({ node }) => node === id));
      if (first === undefined || second === undefined) return [];
      return [
        {
          a: shown(first, sight),
          b: shown(second, sight),
          rule: ruleWords(rule),
          source: source ?? ourselves,
          at: at.toISOString(),
        },
      ];
    }),
  };
}

/** The newest word on each trait; an empty one says that it was taken away. */
function newestOf(plain: readonly { key: string; value: string }[]): Record<string, unknown> {
  const newest = new Map(plain.map(({ key, value }) => [key, value]));
  return Object.fromEntries(
    [...newest].filter(([, value]) => value !== "").map(([key, value]) => [key, traitValue(value)]),
  );
}

/** What the masks hide, and nothing else. */
export async function revealPerson(
  { db, vault }: Pick<ProfileParts, "db" | "vault">,
  workspace: number,
  person: number,
): Promise<RevealedPerson> {
  const { persons } = await findHousehold(db, workspace, person);
  const [nodes, sealed, children] = await Promise.all([
    findIdentifiers(db, vault, workspace, [person]),
    findVaultTraits(db, vault, workspace, [person]),
    findFamilyChildren(db, workspace, persons),
  ]);
  return {
    id: String(person),
    name: displayName(sealed),
    identifiers: nodes.map((node) => shown(node, whole)),
    traits: shownTraits(sealed, whole),
    children: children.map((child) => ({
      id: String(child.id),
      name: childName(vault, workspace, child, whole),
    })),
  };
}

const shown = ({ namespace, value, since }: PersonNode, sight: Sight) => ({
  namespace,
  value: sight.identifier(namespace, value),
  since: since.toISOString(),
});

const shownTraits = (sealed: readonly VaultTrait[], sight: Sight): Record<string, unknown> =>
  Object.fromEntries(sealed.map(({ key, value }) => [key, sight.trait(key, value)]));

function childName(vault: Vault, workspace: number, child: StoredChild, sight: Sight): string | null {
  return child.sealedName === null ? null : sight.name(vault.open(workspace, child.sealedName));
}
