import { type Chance, chanceOf, digits, whole, yes } from "../chance.ts";
import type { Household } from "../household.ts";
import { givenNameOf, surnameOf } from "../names.ts";
import type { Account, Person } from "../people.ts";
import { formerPhoneOf, servicePhoneOf } from "../phones.ts";
import { dirtRates } from "./dirt.ts";
import type { Buyer, PhoneUse, PlatformId } from "./shop-order.ts";

const slots = { mother: 0, father: 1, grandmother: 2 } as const;
/** Each county has so many numbers of a kind; the kinds do not meet. */
const countySpace = 1_000_000;

/** A number of a county: of its store (kind 1), its staff (2), its collection points (3). */
export const countyPhone = (seed: number, kind: number, code: string, nth: number): string =>
  servicePhoneOf(seed, kind * 10 * countySpace + Number(code) * 4 + nth);

/** One digit of the last six is another one. */
export function mistyped(chance: Chance, phone: string): string {
  const at = whole(chance, 5, 10);
  const digit = (Number(phone[at]) + whole(chance, 1, 9)) % 10;
  return phone.slice(0, at) + digit + phone.slice(at + 1);
}

type Typed = { readonly phone: string; readonly phoneUse: PhoneUse };
export type Buying = {
  readonly seed: number;
  readonly household: Household;
  readonly platform: PlatformId;
  readonly at: number;
  readonly dirt: boolean;
};

/** Until when somebody kept the number before; most never had another. */
function changedAt(seed: number, { key }: Person, { household, platform }: Buying): number {
  const chance = chanceOf(seed, household.index, "number", key);
  if (!yes(chance, dirtRates.formerPhone * 3)) return Number.NEGATIVE_INFINITY;
  // Platforms hear of the new number at different times, some years later.
  const delay = (platform.length * 37) % 90;
  return (household.contactOn + whole(chance, 100, 600) + delay) * 86_400_000;
}

/** The phone that stands on an order: mostly the buyer's own. */
function typed(chance: Chance, account: Account, buying: Buying): Typed {
  const { seed, household, platform, at, dirt } = buying;
  const { person } = account;
  const own: Typed = { phone: account.phone, phoneUse: "own" };
  const dice = chance();
  const wrong = chance();
  if (!dirt) return own;
  const atTill = platform === "pos";
  const { code } = household.address;
  let upTo = 0;
  const falls = (rate: number): boolean => {
    upTo += rate;
    return dice < upTo;
  };
  if (falls(atTill ? dirtRates.storePhone : 0))
    return { phone: countyPhone(seed, 1, code, 0), phoneUse: "store" };
  if (falls(atTill ? dirtRates.staffPhone : 0))
    return { phone: countyPhone(seed, 2, code, whole(chance, 0, 3)), phoneUse: "staff" };
  if (falls(atTill ? 0 : dirtRates.courierPhone))
    return { phone: countyPhone(seed, 3, code, whole(chance, 0, 1)), phoneUse: "courier" };
  const relative = household.people.find((other) => other !== person);
  if (relative && falls(dirtRates.familyPhone)) return { phone: relative.phones[0]!, phoneUse: "family" };
  if (wrong < dirtRates.typedWrong) return { phone: mistyped(chance, account.phone), phoneUse: "typo" };
  if (at < changedAt(seed, person, buying))
    return { phone: formerPhoneOf(seed, household.index, slots[person.role]), phoneUse: "old" };
  return own;
}

/** tb… and jd_… are shown by their platforms, a card's number by the till; other exports name no account. */
const named: Partial<Record<PlatformId, Account["shop"]>> = { tmall: "tmall", jd: "jd", pos: "pos" };

export function buyerOf(chance: Chance, account: Account, buying: Buying): Buyer {
  const { household, platform, dirt } = buying;
  const member = named[platform] === account.shop ? account.userId : null;
  const dice = chance();
  const masked = dirt && dice < dirtRates.masked;
  const hides = platform === "tmall" || platform === "jd";
  return {
    person: account.person.key,
    family: `f${household.index}`,
    member,
    name: account.person.name,
    ...typed(chance, account, buying),
    shows: hides ? account.shows : masked ? "masked" : "whole",
    address: household.address,
  };
}

/** Who clicks for money: sixty people, each with several accounts, who have the parcels sent nowhere. */
export function brusherOf(chance: Chance, buying: Buying): Buyer {
  const { seed, household, platform } = buying;
  const one = whole(chance, 0, 59);
  const own = chanceOf(seed, "brusher", one, platform);
  return {
    person: null,
    family: null,
    member: named[platform] ? `${platform === "jd" ? "jd_" : "tb"}${digits(own, 10)}` : null,
    name: surnameOf(own) + givenNameOf(own, "father"),
    phone: servicePhoneOf(seed, 35 * countySpace + one),
    phoneUse: "brusher",
    shows: "whole",
    address: household.address,
  };
}

/** The shop's own people trying whether the checkout works. */
export function testerOf(chance: Chance, buying: Buying): Buyer {
  const one = whole(chance, 0, 4);
  return {
    person: null,
    family: null,
    member: named[buying.platform] ? `test_${one}` : null,
    name: "测试",
    phone: servicePhoneOf(buying.seed, 36 * countySpace + one),
    phoneUse: "staff",
    shows: "whole",
    address: buying.household.address,
  };
}
