import { categoryOfName } from "../../catalog/category-of-name.ts";
import type { Mark } from "../../cleaning/marks.ts";
import { nearMs, type OrderSeen } from "../../cleaning/orders-seen.ts";
import { rowsRules } from "../../cleaning/rules.ts";
import { textOf } from "../../events/utf8.ts";
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
    key,
    texts,
    amountFen,
    at: 0,
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
    fingerprint: textOf(order.fields),
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

interface Beside {
  /** null: of the slice before, and handed over already. */
  readonly order: StatedRecord | null;
  readonly what: OrderSeen;
}

/** Of each file being read, the orders next to where the last slice ended: a double click may lie across its end. */
const lastOnes = new WeakMap<object, readonly Beside[]>();

/**
 * The same basket of the same buyer within minutes, among orders that were read together and the last of those read
 * before them. The later one is marked; where that is handed over already, the other.
 */
export function nearDuplicates(
  orders: readonly StatedRecord[],
  context: Pick<RowContext, "zone" | "now">,
): ReadonlyMap<StatedRecord, readonly Mark[]> {
  const read = orders.flatMap((order): Beside[] => {
    const what = order.beside;
    return what === undefined ? [] : [{ order, what }];
  });
  const known = [...(lastOnes.get(context) ?? []), ...read];
  lastOnes.set(context, endOf(read));
  known.sort((a, b) => a.what.at - b.what.at || (a.what.key < b.what.key ? -1 : 1));
  const found = rowsRules.duplicates.find(
    known.map(({ what }) => what),
    { zone: context.zone, now: context.now },
  );
  const marked = new Map<StatedRecord, readonly Mark[]>();
  for (const { row, marks, of } of found) {
    if (marks.length === 0) continue;
    const order = known[row]?.order ?? known[of ?? -1]?.order;
    if (order !== null && order !== undefined) marked.set(order, marks);
  }
  return marked;
}

/** In a file in the order of time, whichever way, an order of the next slice can be near to none but these. */
function endOf(read: readonly Beside[]): readonly Beside[] {
  const last = read.at(-1)?.what.at ?? 0;
  return read
    .filter(({ what }) => Math.abs(what.at - last) <= nearMs)
    .slice(-mostKept)
    .map(({ what }) => ({ order: null, what: { ...what, fingerprint: "" } }));
}

const mostKept = 2_000;
