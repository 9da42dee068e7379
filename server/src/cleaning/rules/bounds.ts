import { limitsOf } from "../limits.ts";
import type { Mark } from "../marks.ts";
import type { NoteCode } from "../notes.ts";
import type { Finding, RowsRule } from "../rule.ts";

const outside = (value: number, [least, most]: readonly [number, number]): boolean =>
  value < least || value > most;

/** Odd is not wrong: a kindergarten buys forty tins. */
export const bounds: RowsRule<"bounds"> = {
  id: "bounds",
  label: { zh: "数量和价格范围", en: "Bounds of quantity and price" },
  what: {
    zh: "数量或单价超出该品类常见范围（可由历史数据学习）的做标记，不改也不删。",
    en: "A quantity or unit price outside what is usual in its category (learned bounds go first) is marked, never changed.",
  },
  find(lines, { learned }) {
    const found: Finding[] = [];
    for (const [row, { category, quantity, unitPriceFen }] of lines.entries()) {
      const limits = limitsOf(category, learned);
      const marks: Mark[] = [];
      const odd = outside(quantity, limits.quantity);
      const dear = unitPriceFen !== null && unitPriceFen !== 0 && outside(unitPriceFen, limits.unitPriceFen);
      if (odd) marks.push("quantity-unusual");
      if (dear) marks.push("price-unusual");
      const note: NoteCode = odd ? "quantity-outside" : "price-outside";
      if (marks.length > 0) found.push({ row, note, marks });
    }
    return found;
  },
};
