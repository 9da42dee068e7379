import type { Category } from "@stork/contract/catalog.ts";
import type { Words } from "@stork/contract/common.ts";

export const categoryNames: Record<Category, Words> = {
  formula: { zh: "奶粉", en: "Infant formula" },
  diapers: { zh: "纸尿裤", en: "Diapers" },
  clothing: { zh: "童装", en: "Children's clothing" },
  toys: { zh: "玩具", en: "Toys" },
  maternity: { zh: "孕产用品", en: "Maternity" },
  food: { zh: "辅食", en: "Complementary food" },
};
