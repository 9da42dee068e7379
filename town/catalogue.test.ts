import { categories } from "@stork/contract/catalog.ts";
import { expect, test } from "vitest";
import { catalogue, shelfOf } from "./catalogue.ts";
import { clothingSizes, diaperSizes } from "./growth.ts";

test("600 SKUs in the six categories, each once", () => {
  expect(catalogue).toHaveLength(600);
  expect(new Set(catalogue.map((product) => product.sku)).size).toBe(600);
  expect(new Set(catalogue.map((product) => product.category))).toEqual(new Set(categories));
});

test("every product has a price, a pack, an age range and a name in both languages", () => {
  for (const product of catalogue) {
    expect(Number.isSafeInteger(product.priceFen) && product.priceFen >= 990, product.sku).toBe(true);
    expect(product.priceFen, product.sku).toBeLessThan(100_000);
    expect(product.pack.count).toBeGreaterThan(0);
    expect(product.fromDays).toBeLessThan(product.toDays);
    expect(product.name).toMatch(/^\p{Script=Han}+ /u);
    expect(product.nameEn).toMatch(/^[\x20-\x7eé]+$/);
  }
});

test("the names read as on a shelf", () => {
  const names = new Set(catalogue.map((product) => product.name));
  expect(names).toContain("云朵兔 纸尿裤 M码 62片");
  expect(names).toContain("牧原珠 婴幼儿配方奶粉 2段 800克");
});

test("every size, stage and band has goods of several brands", () => {
  const brands = (category: (typeof categories)[number], variant: string) =>
    new Set(shelfOf(category, variant).map((product) => product.brand.code)).size;
  for (const size of diaperSizes) expect(brands("diapers", size)).toBe(8);
  for (const stage of ["1", "2", "3", "4"]) expect(brands("formula", stage)).toBe(8);
  for (const size of clothingSizes) expect(brands("clothing", String(size))).toBe(5);
  for (const time of ["early", "late", "after"]) expect(brands("maternity", time)).toBe(5);
  for (const band of ["0", "6", "12", "24", "36"]) expect(brands("toys", band)).toBe(4);
  for (const band of ["6", "8", "10", "12"]) expect(brands("food", band)).toBe(4);
});

test("a larger pack costs less by the piece", () => {
  for (const size of diaperSizes) {
    const [small, large] = shelfOf("diapers", size);
    expect(large!.priceFen / large!.pack.count).toBeLessThan(small!.priceFen / small!.pack.count);
  }
});
