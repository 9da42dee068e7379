import { type Category, categories } from "@stork/contract/catalog.ts";
import { brandsOf } from "./catalogue.ts";
import { type Chance, spin, type Wheel, wheelOf, yes } from "./chance.ts";
import { needs } from "./needs.ts";
import type { Brand } from "./product.ts";

const tastes = [1, 1.5, 2, 2.5, 3];

/** For each category and taste: the nearer a brand's tier to the taste, the likelier; earlier brands sell better. */
const wheels = Object.fromEntries(
  categories.map((category) => [
    category,
    tastes.map((taste) =>
      wheelOf(brandsOf[category], (brand) => {
        const rank = brandsOf[category].indexOf(brand);
        return Math.exp(-1.1 * Math.abs(brand.tier - taste)) / (1 + 0.18 * rank);
      }),
    ),
  ]),
) as Record<Category, Wheel<Brand>[]>;

function brandFor(chance: Chance, category: Category, taste: number): Brand {
  return spin(chance, wheels[category][Math.round((taste - 1) * 2)]!);
}

/** A family's favourites, and its choice when it buys: mostly the favourite, else another that may become it. */
export type Favourites = Map<Category, Brand>;

export function chooseBrand(
  chance: Chance,
  favourites: Favourites,
  category: Category,
  taste: number,
): Brand {
  const favourite = favourites.get(category);
  if (favourite && yes(chance, needs[category].loyalty)) return favourite;
  const brand = brandFor(chance, category, taste);
  if (!favourite || yes(chance, 0.5)) favourites.set(category, brand);
  return brand;
}
