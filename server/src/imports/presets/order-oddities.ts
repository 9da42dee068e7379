import { categoryOfName } from "../../catalog/category-of-name.ts";
import type { Mark } from "../../cleaning/marks.ts";
import type { OrderSeen } from "../../cleaning/orders-seen.ts";
import { rowsRules } from "../../cleaning/rules.ts";
import type { kinds } from "../../records/kinds.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { RowContext } from "../preset.ts";

type Items = NonNullable<Parameters<typeof kinds.order.state>[0]["items"]>;

/** Lines whose pieces or price are unusual in their category. */
export function boundMarks(items: Items, { zone, now }: Pick<RowContext, "zone" | "now">): Mark[] {
  const lines = items
    .filter(({ quantity }) => quantity > 0)
    .map(({ category, name, quantity, price, amount }) => ({
      category: categoryOfName(category ?? "") ?? categoryOfName(name ?? "") ?? category ?? "",
      quantity,
      unitPriceFen: unitPrice(price, amount, quantity),
    }));
  return rowsRules.bounds.find(lines, { zone, now }).flatMap(({ marks }) => marks);
}

function unitPrice(price: unknown, amount: unknown, quantity: number): number | null {
  if (typeof price === "number") return Math.round(price * 100);
  return typeof amount === "number" ? Math.round((amount * 100) / quantity) : null;
}

/** Orders that a person wrote to be none: in the number, a remark, a title; or of a few fen. */
export function testMarks(key: string, texts: readonly string[], amountFen: number): readonly Mark[] {
  const seen: OrderSeen = {
    ...{ key, texts, amountFen, at: 0 },
    fingerprint: "",
    buyer: "",
    items: "",
    address: "",
  };
  return rowsRules["test-orders"].find([seen], { zone: "", now: 0 }).flatMap(({ marks }) => marks);
}

/** The order with what it is compared with others by: its goods, each in one text. */
export function seen(
  order: StatedRecord,
  goods: readonly string[],
  { amountFen }: { amountFen: number | undefined },
): StatedRecord {
  const [whose] = order.identifiers;
  if (whose === undefined || order.at === null) return order;
  const items = goods.length === 1 ? (goods[0] as string) : [...goods].sort().join();
  const beside: OrderSeen = {
    key: order.key,
    fingerprint: order.fields,
    buyer: `${whose.namespace} ${whose.value}`,
    items,
    amountFen: amountFen ?? 0,
    at: order.at,
    address: "",
    texts: noTexts,
  };
  return Object.assign(order, { beside });
}

const noTexts: readonly string[] = [];

/** The same basket of the same buyer within minutes, among orders that were read together; the later one is marked. */
export function nearDuplicates(
  orders: readonly StatedRecord[],
  { zone, now }: Pick<RowContext, "zone" | "now">,
): ReadonlyMap<StatedRecord, readonly Mark[]> {
  const known = orders.flatMap((order) => {
    const what = order.beside;
    return what === undefined ? [] : [{ order, what }];
  });
  known.sort((a, b) => a.what.at - b.what.at || (a.what.key < b.what.key ? -1 : 1));
  const found = rowsRules.duplicates.find(
    known.map(({ what }) => what),
    { zone, now },
  );
  const marked = new Map<StatedRecord, readonly Mark[]>();
  for (const { row, marks } of found)
    if (marks.length > 0) marked.set((known[row] as { order: StatedRecord }).order, marks);
  return marked;
}
