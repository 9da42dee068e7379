import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openBelief, takeIn } from "@stork/models/ages/belief.ts";
import { fitAges } from "@stork/models/ages/fit.ts";
import { possible } from "@stork/models/ages/grid.ts";
import { guessFrom } from "@stork/models/ages/guess.ts";
import { openModel } from "@stork/models/ages/model.ts";
import type { AgePurchase, ToldFamily } from "@stork/models/ages/purchase.ts";
import { uniformOf } from "@stork/models/imputation/draws.ts";
import type { AccuracySet } from "./accuracy-set.ts";
import { leafMedians, type Predict, rootMedians } from "./age-baselines.ts";

const monthDays = 30.4375;
const repeats = 10;
const folds = 5;
const seed = 20_261_122;

/**
 * The age of a baby from what was bought at Taobao, by coarse categories alone. Without a test folder: 5-fold
 * cross-validation over the families that told, repeated 10 times. Left out, from learning and scoring alike: purchases
 * at an impossible age (more than 280 days before the birth or 12 years after it), and families with no other.
 */
export const aliAge: AccuracySet = {
  summary: "maeMonths, coverage80, beside the medians of the root and of the shrunken leaf",
  async score({ train, test, say }) {
    if (train === test) return crossValidated(train, repeats, say);
    const [families, asked] = [readFamilies(train, train), readFamilies(test, train)];
    if (families === null || asked === null) return null;
    const tally = new Tally();
    tally.add(families, asked, seed);
    return { ...tally.figures(), families: families.length };
  },
};

/** Every family asked once in each repeat, by a model that was learned from the other folds; null: no files there. */
export function crossValidated(dir: string, times: number, say: (line: string) => void) {
  const families = readFamilies(dir, dir);
  if (families === null) return null;
  const tally = new Tally();
  for (let repeat = 0; repeat < times; repeat++) {
    const order = shuffled(families, seed + repeat);
    for (let fold = 0; fold < folds; fold++) {
      const taught = order.filter((_, i) => i % folds !== fold);
      const asked = order.filter((_, i) => i % folds === fold);
      tally.add(taught, asked, seed + repeat);
    }
    say(`repeat ${repeat + 1} of ${times}: ${tally.figures().maeMonths} months`);
  }
  return { ...tally.figures(), families: families.length };
}

function shuffled<Item>(items: readonly Item[], from: number): Item[] {
  const uniform = uniformOf(from);
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j] as Item, order[i] as Item];
  }
  return order;
}

/** Errors of the model and of what it must beat, on the same families. */
class Tally {
  private asked = 0;
  private covered = 0;
  private width = 0;
  private readonly off = { model: 0, root: 0, leaf: 0 };

  add(taught: readonly ToldFamily[], asked: readonly ToldFamily[], from: number): void {
    const open = openModel(fitAges(taught, { seed: from }));
    const root = rootMedians(taught);
    const leaf = leafMedians(taught);
    for (const family of asked) {
      const [born] = family.births as [number];
      const belief = openBelief(open, Math.min(...family.purchases.map(({ day }) => day)));
      for (const purchase of family.purchases) takeIn(open, belief, purchase, family);
      const { bornOn, interval80 } = guessFrom(open, belief);
      this.asked += 1;
      this.off.model += Math.abs(bornOn - born);
      this.off.root += Math.abs(bornBy(root, family) - born);
      this.off.leaf += Math.abs(bornBy(leaf, family) - born);
      this.covered += born >= interval80[0] && born <= interval80[1] ? 1 : 0;
      this.width += interval80[1] - interval80[0];
    }
  }

  figures() {
    const months = (days: number) => Math.round((days / this.asked / monthDays) * 1000) / 1000;
    const { model, root, leaf } = this.off;
    return {
      maeMonths: months(model),
      coverage80: Math.round((this.covered / this.asked) * 1000) / 1000,
      widthMonths: months(this.width),
      rootMaeMonths: months(root),
      leafMaeMonths: months(leaf),
      belowRoot: Math.round((1 - model / root) * 1000) / 1000,
      asked: this.asked,
    };
  }
}

const bornBy = (predict: Predict, { purchases }: ToldFamily): number =>
  purchases.reduce((sum, one) => sum + one.day - predict(one), 0) / purchases.length;

const linesOf = (path: string): string[][] =>
  readFileSync(path, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));

const dayOf = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8))) / 86_400_000;

/**
 * Families that told, with what they bought at possible ages. Taobao gave out user numbers in order of registration, so
 * a number's rank among the buyers of `known` tells how old the account is.
 */
function readFamilies(dir: string, known: string): ToldFamily[] | null {
  const at = (folder: string, name: string) => join(folder, "ali_mum_baby", name);
  const trades = "tianchi_mum_baby_trade_history.csv";
  if (!existsSync(at(dir, trades)) || !existsSync(at(known, trades))) return null;
  const numbers = Float64Array.from(linesOf(at(known, trades)), ([user]) => Number(user)).sort();
  const born = new Map(
    linesOf(at(dir, "tianchi_mum_baby.csv")).map(([user = "", date = ""]) => [user, dayOf(date)]),
  );
  const families = new Map<string, ToldFamily & { purchases: AgePurchase[] }>();
  for (const [user = "", item = "", leaf = "", root = "", quantity = "1", date = ""] of linesOf(
    at(dir, trades),
  )) {
    const birth = born.get(user);
    const day = dayOf(date);
    if (birth === undefined || !possible(day - birth)) continue;
    const family = families.get(user) ?? {
      births: [birth],
      purchases: [],
      tenure: rankOf(numbers, Number(user)),
    };
    families.set(user, family);
    // Numbers given out together stand near each other in the tree of categories.
    const siblings = `${root}/${Math.floor(Number(leaf) / 100)}`;
    family.purchases.push({
      day,
      path: [root, leaf],
      siblings,
      item,
      quantity: Number(quantity),
      stated: null,
    });
  }
  return [...families.values()];
}

function rankOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low / Math.max(1, sorted.length);
}
