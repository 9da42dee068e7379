import { categoryOfName } from "../../catalog/category-of-name.ts";
import type { Mark } from "../../cleaning/marks.ts";
import { nearMs, type OrderBeside, type OrderSeen } from "../../cleaning/orders-seen.ts";
import { rowsRules } from "../../cleaning/rules.ts";
import type { Identifier } from "../../people/identity.ts";
import type { kinds } from "../../records/kinds.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { Besides } from "../besides.ts";
import { numberOf, numberOfBytes } from "../number-of.ts";
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
  const beside: OrderBeside = {
    ...{ key: order.key, at: order.at, amountFen: amountFen ?? 0 },
    ...{ buyer: buyerNumber(whose), items: itemsNumber(goods.map((one) => numberOf(one))) },
  };
  return Object.assign(order, { beside });
}

/** Of two of whom the same is said in two namespaces one would be taken for the other; their goods would have to be alike, too. */
const buyerNumber = ({ namespace, value }: Identifier): number =>
  numberOfBuyer(namespace, { bytes: Buffer.from(value), to: Buffer.byteLength(value) });

export const numberOfBuyer = (namespace: string, { bytes, to }: { bytes: Uint8Array; to: number }): number =>
  numberOfBytes(bytes, to, namespace.length, namespace.charCodeAt(namespace.length - 1));

/** The same in whatever order the goods are written; 0: nothing is said of them. */
const itemsNumber = (goods: readonly number[]): number => goods.reduce(addNumber, 0);

/** Adds a line of goods to those before it. */
export const addNumber = (sum: number, one: number): number =>
  one === nothing ? sum : (sum + one) % Number.MAX_SAFE_INTEGER;

const nothing = numberOf("");

/** Of each file being read, the orders next to where the last slice ended: a double click may lie across its end. */
const lastOnes = new WeakMap<object, readonly OrderBeside[]>();
/** The place of an order of the slice before, which is handed over already. */
const handedOver = -1;

/**
 * The same basket of the same buyer within minutes, among orders that were read together and the last of those read
 * before them. The later one is marked; where that is handed over already, the other.
 */
export function nearDuplicates(
  read: Besides,
  context: Pick<RowContext, "zone" | "now">,
): ReadonlyMap<number, readonly Mark[]> {
  const known = ofRepeatedBuyers(lastOnes.get(context) ?? [], read);
  lastOnes.set(context, endOf(read));
  known.sort((a, b) => a.what.at - b.what.at || (a.what.key < b.what.key ? -1 : 1));
  const found = rowsRules.duplicates.find(
    known.map(({ what }) => seenOf(what)),
    { zone: context.zone, now: context.now },
  );
  const marked = new Map<number, readonly Mark[]>();
  for (const { row, marks, of } of found) {
    if (marks.length === 0) continue;
    const own = known[row]?.place ?? handedOver;
    const place = own === handedOver ? (known[of ?? -1]?.place ?? handedOver) : own;
    if (place !== handedOver) marked.set(place, marks);
  }
  return marked;
}

/** Nearly all buyers of a slice have one order there, and nothing to be held against it. */
function ofRepeatedBuyers(
  before: readonly OrderBeside[],
  read: Besides,
): { place: number; what: OrderBeside }[] {
  const repeated = new Set(before.map(({ buyer }) => buyer));
  const buyers = read.sortedBuyers();
  for (let i = 1; i < buyers.length; i += 1)
    if (buyers[i] === buyers[i - 1]) repeated.add(buyers[i] as number);
  const found = before.map((what) => ({ place: handedOver, what }));
  for (let i = 0; i < read.count; i += 1)
    if (repeated.has(read.buyer(i))) found.push({ place: read.place(i), what: read.what(i) });
  return found;
}

const seenOf = ({ key, buyer, items, amountFen, at }: OrderBeside): OrderSeen => ({
  ...{ key, amountFen, at, buyer: String(buyer), items: items === 0 ? "" : String(items) },
  // Whether a copy is exact is nothing to ask here: versions are told apart by their hashes.
  ...{ fingerprint: "", address: "", texts: noTexts },
});

/** In a file in the order of time, whichever way, an order of the next slice can be near to none but these. */
function endOf(read: Besides): OrderBeside[] {
  const end = read.count === 0 ? 0 : read.at(read.count - 1);
  const near: OrderBeside[] = [];
  for (let i = read.count - 1; i >= 0 && near.length < mostKept; i -= 1)
    if (Math.abs(read.at(i) - end) <= nearMs) near.push(read.what(i));
  return near.reverse();
}

const noTexts: readonly string[] = [];
const mostKept = 2_000;
