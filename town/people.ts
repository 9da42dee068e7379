import { type Chance, chanceOf, code, digits, pick, spin, wheelOf, whole, yes } from "./chance.ts";
import type { Address } from "./divisions.ts";
import { givenNameOf, surnameOf } from "./names.ts";
import { phoneOf } from "./phones.ts";
import { type ShopId, shopIds, shops } from "./shops.ts";

export type Role = "mother" | "father" | "grandmother";
export type ExternalId = {
  readonly id: string;
  readonly type: string;
  readonly collection: "users";
  readonly encoding: "none";
};

/** One registration of one person at one shop: what that shop knows her by. */
export type Account = {
  readonly shop: ShopId;
  readonly person: Person;
  /** 1, or 2 for somebody who registered a second time. */
  readonly number: number;
  readonly userId: string;
  readonly anonymousId: string;
  readonly phone: string;
  readonly shows: "whole" | "masked" | "nothing";
  readonly email?: string;
  readonly externalIds: readonly ExternalId[];
  readonly deviceId?: string;
};

export type Person = {
  /** m, f or g with the family's number: the truth's key. */
  readonly key: string;
  readonly role: Role;
  readonly name: string;
  readonly phones: readonly string[];
  readonly email?: string;
  readonly accounts: Account[];
  /** The shops this person uses, the favourite first. */
  readonly shops: readonly ShopId[];
};

const externalId = (type: string, id: string): ExternalId => ({
  id,
  type,
  collection: "users",
  encoding: "none",
});
const shopWheel = wheelOf(shopIds, (id) => shops[id].weight);

type Own = { readonly userId: string; readonly unionid: string };

function idsOf(chance: Chance, shop: ShopId, own: Own): Pick<Account, "userId" | "externalIds" | "deviceId"> {
  if (shop === "tmall") {
    const member = `tb${digits(chance, 12)}`;
    return { userId: member, externalIds: [externalId("member:tmall", member)] };
  }
  if (shop === "jd") {
    const member = `jd_${code(chance, 12)}`;
    return { userId: member, externalIds: [externalId("member:jd", member)] };
  }
  if (shop === "pos") {
    const card = `V${digits(chance, 12)}`;
    return { userId: card, externalIds: [externalId("member:store", card)] };
  }
  if (shop === "miniapp") {
    const openid = externalId("openid:miniapp", `o${code(chance, 24)}`);
    return { userId: own.userId, externalIds: [openid, externalId("unionid", own.unionid)] };
  }
  const deviceId = code(chance, 24);
  const device = externalId("device", deviceId);
  // Half sign in to the app with WeChat, which tells the app their unionid.
  const externalIds = yes(chance, 0.5) ? [device, externalId("unionid", own.unionid)] : [device];
  return { userId: own.userId, externalIds, deviceId };
}

/** The seeds of a person's accounts at all five shops; they come to life when somebody registers. */
function accountsOf(chance: Chance, person: Person): Account[] {
  const own = { userId: `u${digits(chance, 12)}`, unionid: `oU${code(chance, 24)}` };
  return shopIds.flatMap((shop) => {
    const { phone } = shops[shop];
    // One in thirty registers again, with her second number if she has one.
    const registrations = yes(chance, 0.033) ? 2 : 1;
    return Array.from({ length: registrations }, (_, i): Account => {
      const dice = chance();
      const again: Own = i === 0 ? own : { userId: `u${digits(chance, 12)}`, unionid: own.unionid };
      return {
        shop,
        person,
        number: i + 1,
        ...idsOf(chance, shop, again),
        anonymousId: code(chance, 24),
        phone: (i === 1 ? person.phones[1] : undefined) ?? person.phones[0]!,
        shows: dice < phone.whole ? "whole" : dice < phone.whole + phone.masked ? "masked" : "nothing",
        ...(person.email !== undefined && yes(chance, 0.6) ? { email: person.email } : {}),
      };
    });
  });
}

const slots = { mother: 0, father: 1, grandmother: 2 } as const;

function personOf(seed: number, family: number, role: Role, surname: string, address: Address): Person {
  const chance = chanceOf(seed, family, "person", role);
  const phones = [phoneOf(seed, family, slots[role])];
  if (role === "mother" && yes(chance, 0.08)) phones.push(phoneOf(seed, family, 3));
  const favourite = spin(chance, shopWheel);
  const others = [...new Set([spin(chance, shopWheel), spin(chance, shopWheel)])].filter(
    (shop) => shop !== favourite,
  );
  // Stores stand in the larger cities.
  const used = [favourite, ...others].filter((shop) => shop !== "pos" || address.tier < 3);
  const hasEmail = yes(chance, role === "grandmother" ? 0.04 : 0.5);
  const person: Person = {
    key: `${role[0]}${family}`,
    role,
    name: surname + givenNameOf(chance, role),
    phones,
    ...(hasEmail
      ? {
          email: `${code(chance, 8)}${whole(chance, 1, 99)}@${pick(chance, ["mail.example", "post.example"])}`,
        }
      : {}),
    accounts: [],
    shops: used.length > 0 ? used : ["tmall"],
  };
  person.accounts.push(...accountsOf(chance, person));
  return person;
}

/** The grown-ups of a family who may buy: always the mother, often the father, sometimes a grandmother. */
export function peopleOf(seed: number, family: number, address: Address): Person[] {
  const chance = chanceOf(seed, family, "people");
  const people = [personOf(seed, family, "mother", surnameOf(chance), address)];
  if (yes(chance, 0.52)) people.push(personOf(seed, family, "father", surnameOf(chance), address));
  if (yes(chance, 0.2)) people.push(personOf(seed, family, "grandmother", surnameOf(chance), address));
  return people;
}
