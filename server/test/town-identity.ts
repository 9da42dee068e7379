import type { IdentityUse } from "@stork/town/message-dirt.ts";
import type { TownSettings } from "@stork/town/settings.ts";
import { families } from "@stork/town/town.ts";
import { readSegmentMessage } from "../src/events/segment-message.ts";
import type { Sighting } from "../src/people/identity.ts";
import { normalise } from "../src/people/normalise.ts";

const shops = ["tmall", "jd", "miniapp", "app", "pos"];

/** What a town's messages say of who is who, and who it truly was. */
export interface TownIdentities {
  /** The first of each different set of identifiers, in order of time: the others say nothing new. */
  readonly sightings: Sighting[];
  /** Whose an identifier is, where it is one person's: by the text of `keyOf`. */
  readonly owners: ReadonlyMap<string, string>;
  readonly messages: number;
  readonly uses: readonly IdentityUse[];
}

export const keyOf = (namespace: string, value: string): string => `${namespace}=${value}`;

export function townIdentities(settings: TownSettings): TownIdentities {
  const told = new Map<string, Sighting>();
  const owners = new Map<string, string>();
  const uses: IdentityUse[] = [];
  let messages = 0;
  for (const family of families(settings)) {
    uses.push(...family.uses);
    const strays = new Set(family.uses.filter(({ use }) => use !== "old").map(({ value }) => value));
    const seen = new Set(family.messages.map(({ source, userId }) => `${source} ${userId}`));
    for (const person of family.household.people) {
      const own = (namespace: string, value: string | undefined) => {
        const normal = value === undefined ? null : normalise({ namespace, value });
        if (normal?.ok && !strays.has(value as string))
          owners.set(keyOf(normal.identifier.namespace, normal.identifier.value), person.key);
      };
      for (const account of person.accounts.filter(({ shop, userId }) => seen.has(`${shop} ${userId}`))) {
        own("user", account.userId);
        for (const { type, id } of account.externalIds) if (type !== "device") own(type, id);
      }
      for (const phone of person.phones) own("phone", phone);
      own("email", person.email);
    }
    for (const use of family.uses.filter(({ use }) => use === "old"))
      owners.set(keyOf("phone", `+86${use.value}`), use.person);
    for (const message of family.messages) {
      messages += 1;
      const source = shops.indexOf(message.source) + 1;
      const reading = { source, zone: "Asia/Shanghai", received: Date.parse("2026-07-02T00:00:00Z") };
      const event = readSegmentMessage(message, {
        ...reading,
        sentAt: undefined,
        type: undefined,
        freshId: () => "x",
      });
      if (typeof event === "string") throw new Error(event);
      const texts = event.identifiers.map(({ namespace, value }) => keyOf(namespace, value));
      const key = `${source} ${event.rule} ${texts.join(" ")}`;
      const at = new Date(event.at);
      const known = told.get(key);
      if (known === undefined || known.at > at)
        told.set(key, {
          ...{ identifiers: event.identifiers, source, message: event.message, at, rule: event.rule },
        });
    }
  }
  const sightings = [...told.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
  return { sightings, owners, messages, uses };
}

export interface IdentityScore {
  readonly precision: number;
  /** Of the pairs that messages truly tie, directly or over others of the same person. */
  readonly recall: number;
  /** Of all pairs of a person's identifiers, also those that nothing ties. */
  readonly recallOfAll: number;
  /** The most true persons in one found person. */
  readonly mostPersons: number;
  readonly pairs: number;
  readonly falsePairs: number;
}

/** Holds the found persons against the true ones, by pairs of identifiers. `found` by the text of `keyOf`. */
export function scoreIdentity(town: TownIdentities, found: ReadonlyMap<string, number>): IdentityScore {
  const cells = new Map<string, number>();
  const personSizes = new Map<number, number>();
  const truthSizes = new Map<string, number>();
  const linkedSizes = new Map<string, number>();
  const persons = new Map<number, Set<string>>();
  const linked = trulyTied(town);
  const add = <Key>(sizes: Map<Key, number>, key: Key) => sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const linkedCells = new Map<string, number>();
  for (const [key, owner] of town.owners) {
    const person = found.get(key);
    if (person === undefined) continue;
    add(personSizes, person);
    add(truthSizes, owner);
    add(cells, `${person} ${owner}`);
    add(linkedSizes, linked(key));
    add(linkedCells, `${person} ${linked(key)}`);
    const others = persons.get(person) ?? new Set();
    persons.set(person, others.add(owner));
  }
  const pairs = (sizes: Iterable<number>): number =>
    [...sizes].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const both = pairs(cells.values());
  const all = pairs(personSizes.values());
  return {
    precision: both / all,
    recall: pairs(linkedCells.values()) / pairs(linkedSizes.values()),
    recallOfAll: both / pairs(truthSizes.values()),
    mostPersons: [...persons.values()].reduce((most, { size }) => Math.max(most, size), 0),
    pairs: all,
    falsePairs: all - both,
  };
}

/** The best anybody could do: a person's identifiers that a chain of messages with hers alone ties. */
function trulyTied({ sightings, owners }: TownIdentities): (key: string) => string {
  const up = new Map<string, string>();
  const top = (key: string): string => {
    const next = up.get(key) ?? key;
    return next === key ? key : top(next);
  };
  for (const { identifiers } of sightings) {
    const keys = identifiers.flatMap((one) => {
      const normal = normalise(one);
      return normal.ok ? keyOf(normal.identifier.namespace, normal.identifier.value) : [];
    });
    const byOwner = Map.groupBy(
      keys.filter((key) => owners.has(key)),
      (key) => owners.get(key),
    );
    for (const [first, ...others] of byOwner.values())
      for (const other of others) if (first !== undefined) up.set(top(other), top(first));
  }
  return top;
}
