import type { Breakage } from "@stork/contract/demo.ts";
import { type Breakage as Broken, brokenEvents } from "@stork/town/feeds/breakages.ts";
import type { Message } from "@stork/town/message.ts";
import { mostFamilies } from "@stork/town/phones.ts";
import type { ShopId } from "@stork/town/shops.ts";
import { familyAt } from "@stork/town/town.ts";

/** The shop of the demo that sends live: one whose browsing is heard, too. */
export const liveShop: ShopId = "miniapp";

/** One message in half a second, at any hour, so that nobody has to wait for the evening to see the watch at work. */
export const paceMs = 500;

interface HowBroken extends Pick<Broken, "kind" | "field"> {
  /** The indicator that is to find it. */
  readonly indicator: string;
  /** How long the feed must have been well: the watch calls silent only what it has heard for three minutes. */
  readonly afterMs: number;
}

export const howBroken: Readonly<Record<Breakage, HowBroken>> = {
  stop: { kind: "stops", indicator: "source-silent", afterMs: 4 * 60_000 },
  null: { kind: "null-field", field: "price", indicator: "field-missing", afterMs: 60_000 },
  prices: { kind: "price-x100", indicator: "price-shift", afterMs: 60_000 },
  gbk: { kind: "gbk-damage", indicator: "text-garbled", afterMs: 60_000 },
};

/** As far back as the watch learns: so the feed is like what it learned from. */
const weeksMs = 8 * 7 * 86_400_000;
const familiesAtOnce = 100;
/** Apart by more than a feed gets through in a second, so that whoever begins later tells of other families. */
const familiesPerSecond = 97;

/** What new families of the town, none of the demo's, say to the shop: many at once, each in its order, without end. */
export function* feedMessages(
  { seed, families }: { seed: number; families: number },
  now: Date,
): Generator<Message, never, undefined> {
  const until = now.toISOString().slice(0, 10);
  const since = new Date(Date.parse(until) - weeksMs).toISOString();
  const begins = Math.floor(now.getTime() / 1000) * familiesPerSecond;
  for (let told = 0; ; told += familiesAtOnce) {
    const said: Message[] = [];
    for (let i = told; i < told + familiesAtOnce; i += 1) {
      // Beyond the last of them phones would be those of others.
      const index = families + ((begins + i) % (mostFamilies - families));
      for (const message of familyAt({ seed, until }, index).messages)
        if (message.source === liveShop && message.timestamp >= since) said.push(message);
    }
    yield* said.sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
  }
}

/** A message as the broken feed sends it; null: it does not. */
export function brokenMessage(message: Message, breakage: Breakage): Message | null {
  const { kind, field } = howBroken[breakage];
  const how = { kind, from: 0, share: 1, ...(field === undefined ? {} : { field }) };
  const [broken] = brokenEvents([{ at: 0, receivedAt: 0, message }], how);
  return broken?.message ?? null;
}
