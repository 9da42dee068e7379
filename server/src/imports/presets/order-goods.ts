import type { Mark } from "../../cleaning/marks.ts";
import { ownText } from "../../events/own-text.ts";
import { kinds } from "../../records/kinds.ts";
import { type ReadLine, withNumber } from "../../records/order-text.ts";
import type { Row, RowContext, Target } from "../preset.ts";
import type { Cells, Recorded } from "./cells.ts";
import { boundMarks, testMarks } from "./order-oddities.ts";

/** A line of an order as a report states it, and what stands out in it alone. */
export interface Goods {
  readonly line: ReadLine;
  readonly marks: readonly Mark[];
  /** What a basket is compared by: sku×pieces. */
  readonly basket: string;
  /** Whether its title says that somebody tried something out. */
  readonly isTest: boolean;
}

/** What a line says but for its number in the order. */
interface Known {
  /** The cells it was read from, in the order of the columns. */
  readonly said: readonly string[];
  readonly goods: Recorded<Goods | null>;
}

/** The lines read so far, by the cell that tells the most apart. */
interface Remembered {
  readonly columns: readonly string[];
  lines: Map<string, Known[]>;
  count: number;
}

/** Lines of a shop are few: the same article, pieces and price over and over. Of other files each is another. */
const mostKnown = 20_000;
/** So many of one article are compared; a file in which there are more says nothing over and over. */
const mostAlike = 48;
const known = new WeakMap<Cells, Remembered>();

/** The lines; undefined where the report has none, null where a quantity cannot be read. */
export function goodsOf(
  { targets }: { targets: readonly Target[] },
  cells: Cells,
  rows: readonly Row[],
  context: RowContext,
): readonly Goods[] | undefined | null {
  if (!targets.some(({ id }) => id === "quantity")) return undefined;
  if (!targets.some(({ id }) => id === "sku" || id === "product" || id === "title")) return undefined;
  let remembered = known.get(cells);
  if (remembered === undefined || remembered.count > mostKnown) {
    // All rows of a file have the same columns.
    const said = columns.filter((column) => rows[0]?.[column] !== undefined);
    remembered = { columns: said, lines: new Map(), count: 0 };
    known.set(cells, remembered);
  }
  const all: Goods[] = [];
  for (const row of rows) {
    const known = recall(remembered, row);
    const goods = known === undefined ? remember(remembered, cells, row, context) : cells.again(known.goods);
    if (goods === null) return null;
    const number = row["line"]?.trim() ?? "";
    all.push(number === "" ? goods : { ...goods, line: withNumber(goods.line, number) });
  }
  return all;
}

const articleOf = (row: Row): string => row["sku"] || row["product"] || (row["title"] ?? "");

/** The line that says the very same. */
function recall({ columns: words, lines }: Remembered, row: Row): Known | undefined {
  const alike = lines.get(articleOf(row));
  if (alike === undefined) return undefined;
  for (const one of alike) {
    // From the last: lines of one article differ in their pieces and prices.
    let left = words.length;
    while (left > 0 && one.said[left - 1] === row[words[left - 1] as string]) left -= 1;
    if (left === 0) return one;
  }
  return undefined;
}

function remember(remembered: Remembered, cells: Cells, row: Row, context: RowContext): Goods | null {
  const own: Record<string, string> = { ...row };
  for (const column of remembered.columns) own[column] = ownText(row[column] ?? "");
  const goods = cells.recorded(() => goodsIn(cells, own, context));
  const found = { said: remembered.columns.map((column) => own[column] as string), goods };
  const article = articleOf(own);
  const alike = remembered.lines.get(article);
  if (alike === undefined) remembered.lines.set(article, [found]);
  else if (alike.length < mostAlike) alike.push(found);
  else alike[remembered.count % mostAlike] = found;
  remembered.count += 1;
  return goods.value;
}

const columns = "sku product title variant category quantity price priceFen linePaid linePaidFen".split(" ");

/** The line that a row states; null where its quantity cannot be read. */
export function goodsIn(cells: Cells, row: Row, context: RowContext): Goods | null {
  const quantity = row["quantity"] === undefined ? 1 : cells.quantity(row, "quantity");
  if (quantity === undefined) return null;
  const price = cells.fen(row, "price");
  const paid = cells.fen(row, "linePaid");
  const item = {
    sku: cells.raw(row, "sku"),
    product: cells.raw(row, "product"),
    name: cells.text(row, "title"),
    variant: cells.text(row, "variant"),
    category: cells.raw(row, "category"),
    quantity,
    price: price === undefined ? undefined : price / 100,
    amount: paid === undefined ? undefined : paid / 100,
    isGift: price === 0 && paid === 0 ? true : undefined,
  };
  return {
    line: kinds.order.readLine(item),
    marks: boundMarks([item], context),
    basket: `${item.sku || item.product || item.name}×${quantity}`,
    isTest: testMarks("", [row["title"] ?? ""], 0).length > 0,
  };
}
