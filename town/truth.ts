import { dateOf, isoOf } from "./calendar.ts";
import { csvLine } from "./csv.ts";
import type { Person } from "./people.ts";
import type { Family } from "./town.ts";

/** What really happened, for scoring those who only saw the messages. Nothing of this is told by any shop. */

export const truthFiles = ["families.jsonl", "children.csv", "orders.csv", "identities.jsonl"] as const;

const familyNumber = (index: number): string => `f${index}`;

function personTruth(person: Person, seen: ReadonlySet<string>) {
  return {
    person: person.key,
    role: person.role,
    name: person.name,
    phones: person.phones,
    ...(person.email === undefined ? {} : { email: person.email }),
    // Only the registrations that took place.
    accounts: person.accounts
      .filter((account) => seen.has(`${account.shop} ${account.userId}`))
      .map(({ shop, userId, anonymousId, externalIds, phone, shows }) => ({
        shop,
        userId,
        anonymousId,
        phone,
        phoneShown: shows,
        identifiers: externalIds.map(({ type, id }) => ({ namespace: type, value: id })),
      })),
  };
}

/** Who is who: every identifier of every person of a family, and how it buys. */
export function familyTruth({ index, household, shopping, messages }: Family): object {
  const seen = new Set(messages.map(({ source, userId }) => `${source} ${userId}`));
  const { address, contactOn, absences, keenness, taste, elsewhere } = household;
  return {
    family: familyNumber(index),
    contactOn: dateOf(contactOn),
    address: { ...address },
    people: household.people.map((person) => personTruth(person, seen)),
    buys: shopping.buys,
    keenness: round(keenness),
    taste: round(taste),
    elsewhere: round(elsewhere),
    absences: absences.map(({ from, to }) => ({ from: dateOf(from), to: dateOf(to) })),
    used: shopping.stocks.map(({ child, category, used, bought, boughtElsewhere }) => ({
      child: child.key,
      category,
      used: Math.round(used),
      bought,
      boughtElsewhere: Math.round(boughtElsewhere),
    })),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

export const childHeader = csvLine([
  "family",
  "child",
  "name",
  "gender",
  "due_on",
  "born_on",
  "twin",
  "feeding",
  "weaned_days",
  "dry_days",
  "formula_until_days",
  "growth",
]);

/** Children, also those not born before the end: `born_on` is then when they will be. */
export function childLines({ index, household }: Family): string {
  return household.children
    .map((child) =>
      csvLine([
        familyNumber(index),
        child.key,
        child.name,
        child.sex,
        dateOf(child.dueOn),
        dateOf(child.bornOn),
        child.twin ? 1 : 0,
        child.feeding,
        child.weanedAt,
        child.driedAt,
        child.formulaUntil,
        round(child.growth),
      ]),
    )
    .join("");
}

export const orderHeader = csvLine([
  "order_id",
  "family",
  "person",
  "shop",
  "at",
  "sku",
  "quantity",
  "category",
  "child",
  "why",
  "promotion",
]);

/** Why each line was bought, for whom and by whom. */
export function orderLines({ index, shopping }: Family): string {
  return shopping.orders
    .flatMap((order) =>
      order.lines.map((line) =>
        csvLine([
          order.id,
          familyNumber(index),
          order.account.person.key,
          order.account.shop,
          isoOf(order.at),
          line.product.sku,
          line.quantity,
          line.product.category,
          line.child.key,
          line.why,
          order.promotion?.code ?? null,
        ]),
      ),
    )
    .join("");
}
