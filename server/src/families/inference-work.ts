import type { AgeModelCard } from "@stork/contract/ages.ts";
import { openBelief, takeIn } from "@stork/models/ages/belief.ts";
import { guessFamily } from "@stork/models/ages/children.ts";
import { coldModel, fitAges } from "@stork/models/ages/fit.ts";
import { guessFrom } from "@stork/models/ages/guess.ts";
import { type AgeModel, type OpenModel, openModel } from "@stork/models/ages/model.ts";
import type { AgePurchase, ToldFamily } from "@stork/models/ages/purchase.ts";
import { accountDays, tenureOf } from "@stork/models/ages/tenure.ts";
import { addDays } from "../catalog/calendar.ts";

/** What the thread is asked, and what it answers. */
export type Ask =
  /** Some of those who told, to learn from; `first`: what was heard before is forgotten. */
  | { readonly ask: "hear"; readonly first: boolean; readonly families: readonly ToldBuyer[] }
  /** From all of so many that were heard. */
  | { readonly ask: "learn"; readonly families: number }
  | { readonly ask: "open"; readonly key: string; readonly model: AgeModel | null }
  | { readonly ask: "guess"; readonly key: string; readonly buyers: readonly Buyers[] };
/** What a person bought, and on which day (since 1970) her account was first seen, whatever it did. */
export interface Bought {
  readonly seenOn: number | null;
  readonly purchases: readonly AgePurchase[];
}
export interface Buyers extends Bought {
  readonly person: number;
}
export interface ToldBuyer extends Bought {
  readonly births: readonly number[];
}
export type Card = Omit<AgeModelCard, "version" | "guessed" | "madeAt">;
export type Answer =
  | { readonly learned: { model: AgeModel; card: Card } }
  | { readonly heard: number }
  | { readonly opened: true }
  /** The model of that key was put away, or never handed over. */
  | { readonly unknown: string }
  | { readonly guesses: readonly PersonGuess[] };

/** An answer with the processor time that it took, whatever else the machine was doing. */
export interface Timed {
  readonly answer: Answer;
  readonly tookMs: number;
}

export interface PersonGuess {
  readonly person: number;
  readonly purchases: number;
  readonly share: number;
  readonly children: readonly {
    readonly bornOn: number;
    readonly interval80: readonly [number, number];
    readonly confidence: number;
    readonly quantiles: readonly number[];
  }[];
}

const seed = 4;
const monthDays = 30.4375;
const asked = [1, 3, 10];
const mostHeldOut = 400;

/** The work of the thread, without the thread. */
export function createWork(): (ask: Ask) => Answer {
  const models = new Map<string, OpenModel>();
  let heard = new Hearing();
  return (ask) => {
    if (ask.ask === "hear") {
      if (ask.first) heard = new Hearing();
      return { heard: heard.add(ask.families) };
    }
    if (ask.ask === "learn") {
      const { families } = heard;
      heard = new Hearing();
      return families.length === ask.families ? { learned: learn(families) } : { unknown: "families" };
    }
    if (ask.ask === "open") {
      const [oldest] = models.keys();
      if (models.size >= mostModels && oldest !== undefined) models.delete(oldest);
      // A model kept by an earlier release lacks what is learned since.
      models.set(ask.key, openModel({ ...coldModel(), ...ask.model }));
      return { opened: true };
    }
    const open = models.get(ask.key);
    if (open === undefined) return { unknown: ask.key };
    return { guesses: ask.buyers.flatMap((buyers) => guess(open, buyers)) };
  };
}

/** Families as they come in, slice by slice. What their purchases share is kept once: the goods are few, the orders many. */
class Hearing {
  readonly families: ToldBuyer[] = [];
  private readonly goods = new Map<string, AgePurchase>();

  add(families: readonly ToldBuyer[]): number {
    for (const family of families)
      this.families.push({ ...family, purchases: family.purchases.map((one) => this.kept(one)) });
    return this.families.length;
  }

  private kept(purchase: AgePurchase): AgePurchase {
    const { day, quantity, gift = false, ...rest } = purchase;
    const key = `${rest.path.join("\n")}\n${rest.item}\n${rest.stated}\n${rest.siblings}`;
    const known = this.goods.get(key) ?? purchase;
    this.goods.set(key, known);
    const { path, item, stated, siblings } = known;
    const shared = siblings === undefined ? { path, item, stated } : { path, item, stated, siblings };
    return { day, ...shared, quantity, ...(gift ? { gift } : {}) };
  }
}

/** Workspaces whose models are held ready at once. */
const mostModels = 6;

function guess(open: OpenModel, { person, purchases, seenOn }: Buyers): PersonGuess[] {
  const family = guessFamily(open, purchases, { tenure: tenureOf(open.model.accounts, seenOn) });
  if (family === null) return [];
  const share = Math.max(...family.counts);
  const children = family.children.map(({ bornOn, interval80, confidence, quantiles }) => ({
    ...{ bornOn, interval80, confidence, quantiles },
  }));
  return [{ person, purchases: purchases.length, share, children }];
}

/** Learns from all; the card's figures come from a model that never saw the fifth of families it is asked about. */
function learn(told: readonly ToldBuyer[]): { model: AgeModel; card: Card } {
  const accounts = accountDays(told.flatMap(({ seenOn }) => seenOn ?? []));
  const families = told.map(
    ({ births, purchases, seenOn }): ToldFamily => ({
      ...{ births, purchases, tenure: tenureOf(accounts, seenOn) },
    }),
  );
  const aside = families.filter((_, i) => i % 5 === 4);
  const tried = openModel(
    fitAges(
      families.filter((_, i) => i % 5 !== 4),
      { seed },
    ),
  );
  const model = { ...fitAges(families, { seed }), accounts };
  const days = families.flatMap(({ purchases }) => purchases.map(({ day }) => day));
  const from = days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const to = days.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
  return {
    model,
    card: {
      window: days.length === 0 ? null : { from: dateOf(from), to: dateOf(to) },
      families: model.families,
      purchases: model.lessons,
      features: [
        ...["category", "leaf", "size or stage", "article", "season", "quantity", "stated ages"],
        "account's age",
      ],
      heldOut: asked.flatMap((n) => heldOut(tried, aside, n)),
      calibration: [...model.calibration],
    },
  };
}

const dateOf = (day: number): string => addDays("1970-01-01", day);

function heldOut(open: OpenModel, families: readonly ToldFamily[], purchases: number): Card["heldOut"] {
  const fit = families
    .filter((family) => family.births.length === 1 && family.purchases.length >= purchases)
    .slice(0, mostHeldOut);
  if (fit.length === 0) return [];
  let off = 0;
  let inside = 0;
  for (const family of fit) {
    const [born = 0] = family.births;
    const belief = openBelief(open, family.purchases[0]?.day ?? 0);
    for (const purchase of family.purchases.slice(0, purchases)) takeIn(open, belief, purchase, family);
    const { bornOn, interval80 } = guessFrom(open, belief);
    off += Math.abs(bornOn - born);
    inside += born >= Math.floor(interval80[0]) && born <= Math.ceil(interval80[1]) ? 1 : 0;
  }
  const figure = (value: number) => Math.round(value * 1000) / 1000;
  return [
    {
      ...{ purchases, families: fit.length },
      maeMonths: figure(off / fit.length / monthDays),
      coverage80: figure(inside / fit.length),
    },
  ];
}
