import { categories } from "@stork/contract/catalog.ts";
import type { Say } from "../i18n/i18n.ts";

/** Our six categories by name; a source's own code as it came. */
export function categoryName(code: string, say: Say): string {
  const known = categories.find((one) => one === code);
  return known === undefined ? say("ui.category.other", { code }) : say(`ui.category.${known}`);
}
