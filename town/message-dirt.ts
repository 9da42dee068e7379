import { isoOf } from "./calendar.ts";
import { type Chance, chanceOf, code, whole, yes } from "./chance.ts";
import { countyPhone, mistyped } from "./exports/buyers.ts";
import type { Household } from "./household.ts";
import type { Message } from "./message.ts";
import type { Account } from "./people.ts";
import { formerPhoneOf } from "./phones.ts";

/** How often an account's messages are led astray; of accounts of the shops where it can happen. */
const messageDirtRates = {
  familyTablet: 0.12,
  sharedTablet: 0.008,
  staffDevice: 0.015,
  storePhone: 0.03,
  staffPhone: 0.005,
  typedWrong: 0.006,
  formerPhone: 0.03,
  nameTypedWrong: 0.01,
} as const;

export type IdentityUse = {
  readonly person: string;
  readonly family: string;
  readonly source: string;
  readonly namespace: "device" | "phone" | "name";
  readonly value: string;
  /** What a rule has to see through: a tablet of the house or of many houses, a shop assistant's device, … */
  readonly use: "family-tablet" | "shared-tablet" | "staff-device" | "store" | "staff" | "typo" | "old";
};

type Change = {
  /** From this message on, or on the first sign-in alone. */
  device?: { readonly id: string; readonly once: boolean };
  phone?: string;
  name?: string;
  /** When the account tells its present number after a former one. */
  tellsAt?: number;
};

const slots = { mother: 0, father: 1, grandmother: 2 } as const;
const alike = new Map(
  [..."婷庭静婧丽莉敏闵伟玮芳方娜那洁杰倩茜颖影欣新燕艳红虹霞侠磊雷军君勇永涛滔超朝"].map((sign, i, all) => [
    sign,
    all[i ^ 1]!,
  ]),
);

const deviceOf = (seed: number, kind: string, county: string, nth: number): string =>
  code(chanceOf(seed, kind, county, nth), 24);

function deviceChange(chance: Chance, seed: number, household: Household, account: Account) {
  const dice = chance();
  const nth = whole(chance, 0, 3);
  const { code: county } = household.address;
  const first = household.people[0]!.accounts.find(({ shop }) => shop === account.shop);
  if (account.deviceId === undefined) return null;
  if (
    account.person.role !== "mother" &&
    first?.deviceId !== undefined &&
    dice < messageDirtRates.familyTablet
  )
    return { use: "family-tablet", device: { id: first.deviceId, once: false } } as const;
  if (dice > 1 - messageDirtRates.sharedTablet)
    return {
      use: "shared-tablet",
      device: { id: deviceOf(seed, "tablet", county, nth), once: false },
    } as const;
  if (dice > 1 - messageDirtRates.sharedTablet - messageDirtRates.staffDevice)
    return { use: "staff-device", device: { id: deviceOf(seed, "staff", county, nth), once: true } } as const;
  return null;
}

function phoneChange(chance: Chance, seed: number, household: Household, { shop, person, phone }: Account) {
  const dice = chance();
  const wrong = mistyped(chance, phone);
  const { code: county } = household.address;
  const { storePhone, staffPhone, typedWrong, formerPhone } = messageDirtRates;
  const till = shop === "pos" ? storePhone + staffPhone : 0;
  if (dice < till)
    return dice < storePhone
      ? ({ use: "store", phone: countyPhone(seed, 1, county, 0) } as const)
      : ({ use: "staff", phone: countyPhone(seed, 2, county, whole(chance, 0, 3)) } as const);
  if (dice < till + typedWrong) return { use: "typo", phone: wrong } as const;
  if (dice < till + typedWrong + formerPhone)
    return { use: "old", phone: formerPhoneOf(seed, household.index, slots[person.role]) } as const;
  return null;
}

function nameChange(chance: Chance, { person }: Account): string | null {
  const last = person.name.at(-1)!;
  const other = alike.get(last);
  return yes(chance, messageDirtRates.nameTypedWrong) && other ? person.name.slice(0, -1) + other : null;
}

function withDevice(message: Message, id: string): Message {
  const { context } = message;
  if (!context?.device) return message;
  const externalIds = context.externalIds?.map((one) => (one.type === "device" ? { ...one, id } : one));
  return {
    ...message,
    context: { ...context, device: { ...context.device, id }, ...(externalIds ? { externalIds } : {}) },
  };
}

const isOf = ({ shop, userId, anonymousId }: Account, message: Message): boolean =>
  message.source === shop && (message.userId === userId || message.anonymousId === anonymousId);

/** The sign-up tells who somebody is; where it shows a phone or a name whole, that is where people mistype. */
function changed(message: Message, change: Change): Message {
  const { traits } = message;
  const signsUp = traits?.memberSince !== undefined;
  let told = message;
  if (change.device && (signsUp || !change.device.once)) told = withDevice(told, change.device.id);
  if (!signsUp) return told;
  const phone =
    change.phone !== undefined && traits.phone && !traits.phone.includes("*") ? change.phone : undefined;
  const name = change.name !== undefined && traits.name !== undefined ? change.name : undefined;
  return { ...told, traits: { ...traits, ...(phone ? { phone } : {}), ...(name ? { name } : {}) } };
}

function later(message: Message, account: Account, endAt: number): Message[] {
  const at = Date.parse(message.timestamp) + 200 * 86_400_000;
  if (at >= endAt) return [];
  const { context: _, ...rest } = message;
  const traits = { phone: account.phone };
  return [
    { ...rest, timestamp: isoOf(at), messageId: `${message.messageId}-phone`, type: "identify", traits },
  ];
}

export type DirtyMessages = { readonly messages: Message[]; readonly uses: IdentityUse[] };

/** A family's messages as careless hands leave them: shared devices, the store's phone, slips of the finger, old numbers. */
export function dirtyMessages(
  seed: number,
  household: Household,
  clean: readonly Message[],
  endAt: number,
): DirtyMessages {
  let messages = [...clean];
  const uses: IdentityUse[] = [];
  for (const account of household.people.flatMap(({ accounts }) => accounts)) {
    const mine = messages.find(
      (message) => isOf(account, message) && message.traits?.memberSince !== undefined,
    );
    if (!mine) continue;
    const chance = chanceOf(
      seed,
      household.index,
      "message-dirt",
      account.person.key,
      account.shop,
      account.number,
    );
    const device = deviceChange(chance, seed, household, account);
    const phone =
      mine.traits?.phone?.includes("*") === false ? phoneChange(chance, seed, household, account) : null;
    const name = mine.traits?.name !== undefined ? nameChange(chance, account) : null;
    const note = (use: IdentityUse["use"], namespace: IdentityUse["namespace"], value: string): void => {
      uses.push({
        person: account.person.key,
        family: `f${household.index}`,
        source: account.shop,
        namespace,
        value,
        use,
      });
    };
    if (device) note(device.use, "device", device.device.id);
    if (phone) note(phone.use, "phone", phone.phone);
    if (name !== null) note("typo", "name", name);
    if (!device && !phone && name === null) continue;
    const change = { ...device, ...phone, ...(name === null ? {} : { name }) };
    messages = messages.map((message) => (isOf(account, message) ? changed(message, change) : message));
    if (phone?.use === "old") messages.push(...later(mine, account, endAt));
  }
  messages.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  return { messages, uses };
}
