import { instantOf, startOf } from "./calendar.ts";
import { chanceOf } from "./chance.ts";
import { accountFor, secondOfDay } from "./checkout.ts";
import { type Household, householdOf } from "./household.ts";
import type { Message } from "./message.ts";
import { dirtyMessages, type IdentityUse } from "./message-dirt.ts";
import { type Behaviour, checkSettings, type TownSettings, type Window, windowOf } from "./settings.ts";
import { type Shopping, shoppingOf } from "./shopping.ts";
import { tellPurchase } from "./telling/purchase.ts";
import { register, tellOfBirths } from "./telling/registration.ts";
import type { Told } from "./telling/told.ts";
import { tellVisits } from "./telling/visits.ts";

/** One family: what really happened (household, shopping) and what the shops told (messages, in order of time). */
export type Family = {
  readonly index: number;
  readonly household: Household;
  readonly shopping: Shopping;
  readonly messages: readonly Message[];
  /** Where the messages mislead about who somebody is; empty without dirt. */
  readonly uses: readonly IdentityUse[];
};

const inTime = (a: Message, b: Message): number =>
  a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0;

function messagesOf(
  seed: number,
  household: Household,
  shopping: Shopping,
  window: Window,
  behaviour: Behaviour,
): Message[] {
  const chance = chanceOf(seed, household.index, "telling");
  const told: Told = {
    household,
    chance,
    browsing: chanceOf(seed, household.index, "browsing"),
    behaviour,
    endAt: startOf(window.to + 1),
    idPrefix: `town-${seed}-${household.index}`,
    messages: [],
    registeredAt: new Map(),
    stated: new Map(),
  };
  // The mother signs up on the first day, whether she buys or only looks; before she looks around, if she buys that day.
  const mother = household.people[0]!;
  const account = accountFor(chance, mother);
  const at = instantOf(household.contactOn, secondOfDay(chance, account.shop));
  const first = shopping.orders[0];
  register(told, account, first ? Math.min(at, first.at - 50 * 60_000) : at);
  for (const order of shopping.orders) tellPurchase(told, order);
  tellOfBirths(told);
  if (behaviour === "full") tellVisits(told);
  return told.messages.sort(inTime);
}

/** One family, the same at every size of the town. */
export function familyAt(settings: Omit<TownSettings, "families">, index: number): Family {
  const { seed, until, behaviour = "full", dirt = false } = settings;
  const window = windowOf(until);
  const household = householdOf(seed, index, window);
  const shopping = shoppingOf(seed, household, window);
  const messages = messagesOf(seed, household, shopping, window, behaviour);
  if (!dirt) return { index, household, shopping, messages, uses: [] };
  return { index, household, shopping, ...dirtyMessages(seed, household, messages, startOf(window.to + 1)) };
}

/** The families of a town one by one; none is kept, so that any number fits in memory. */
export function* families(settings: TownSettings): Generator<Family, void, undefined> {
  checkSettings(settings);
  for (let index = 0; index < settings.families; index++) yield familyAt(settings, index);
}
