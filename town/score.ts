/** An order as truth/orders.jsonl has it. */
export type TrueOrder = {
  readonly platform: string;
  readonly shop: string;
  readonly order: string;
  readonly placedAt: string;
  readonly paidAt: string | null;
  readonly status: string;
  readonly amountFen: number;
  readonly refundFen: number;
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly priceFen: number }[];
  readonly identifiers: readonly { readonly namespace: string; readonly value: string }[];
  readonly buyer: { readonly person: string | null; readonly family: string | null };
  readonly phoneUse: string;
  readonly marks: readonly string[];
  readonly exports: number;
};

/** An order as somebody who read the files has it. */
export type ReadOrder = {
  readonly platform: string;
  readonly order: string;
  readonly paidAt: string | null;
  readonly status: string;
  readonly amountFen: number | null;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  /** Left out of sums, as test and brush orders should be. */
  readonly isExcluded: boolean;
  /** Whom it was given to; null: nobody known. */
  readonly person: string | null;
};

export const fields = ["paidAt", "amount", "status", "items", "marks", "buyer"] as const;
export type Field = (typeof fields)[number];

export type Score = {
  readonly orders: number;
  readonly exact: number;
  readonly missing: number;
  /** Read although they never were, such as a row of sums. */
  readonly invented: number;
  /** Read more than once. */
  readonly duplicates: number;
  readonly wrong: Readonly<Record<Field, number>>;
  /** By platform: how many, and how many exactly right. */
  readonly platforms: Readonly<Record<string, { orders: number; exact: number }>>;
  /** The first few of each kind of disagreement, to be looked at. */
  readonly examples: readonly string[];
};

export type ScoreOptions = {
  /** The person that an identifier leads to; without it buyers are not looked at. */
  readonly personOf?: (namespace: string, value: string) => string | null;
  readonly examplesOfEach?: number;
};

const sameSecond = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : Math.floor(Date.parse(a) / 1000) === Math.floor(Date.parse(b) / 1000);

const basket = (items: ReadOrder["items"]): string =>
  items
    .map(({ sku, quantity }) => `${sku}×${quantity}`)
    .sort()
    .join(" ");

const isFalse = ({ marks }: TrueOrder): boolean => marks.includes("test") || marks.includes("brush");

function buyerIsRight(truth: TrueOrder, read: ReadOrder, { personOf }: ScoreOptions): boolean {
  if (!personOf) return true;
  // Where the files show nobody, nobody is asked for.
  return truth.identifiers.every(
    ({ namespace, value }) => read.person !== null && personOf(namespace, value) === read.person,
  );
}

/** What of an order is not as it truly was. Amounts count where something was paid. */
function disagreements(truth: TrueOrder, read: ReadOrder, options: ScoreOptions = {}): Field[] {
  const right: Record<Field, boolean> = {
    paidAt: sameSecond(truth.paidAt, read.paidAt),
    amount: truth.paidAt === null || truth.amountFen === read.amountFen,
    status: truth.status === read.status,
    items: basket(truth.items) === basket(read.items),
    marks: !isFalse(truth) || read.isExcluded,
    buyer: buyerIsRight(truth, read, options),
  };
  return fields.filter((field) => !right[field]);
}

const shown = (truth: TrueOrder, read: ReadOrder, field: Field): string => {
  const sides: Record<Field, readonly [unknown, unknown]> = {
    paidAt: [truth.paidAt, read.paidAt],
    amount: [truth.amountFen, read.amountFen],
    status: [truth.status, read.status],
    items: [basket(truth.items), basket(read.items)],
    marks: [truth.marks.join(), read.isExcluded],
    buyer: [truth.identifiers.map(({ namespace }) => namespace).join(), read.person],
  };
  const [is, was] = sides[field];
  return `${truth.platform} ${truth.order} ${field}: ${String(is)} was read as ${String(was)}`;
};

/** Holds what was read against what was. An order is exact when nothing of it disagrees. */
export function scoreOrders(
  truth: Iterable<TrueOrder>,
  read: Iterable<ReadOrder>,
  options: ScoreOptions = {},
): Score {
  const found = new Map<string, ReadOrder>();
  const keyOf = ({ platform, order }: { platform: string; order: string }): string => `${platform} ${order}`;
  let duplicates = 0;
  for (const order of read) {
    if (found.has(keyOf(order))) duplicates += 1;
    found.set(keyOf(order), order);
  }
  const wrong = { paidAt: 0, amount: 0, status: 0, items: 0, marks: 0, buyer: 0 };
  const counts = { orders: 0, exact: 0, missing: 0 };
  const platforms: Record<string, { orders: number; exact: number }> = {};
  const examples = new Map<string, string[]>();
  const note = (kind: string, text: string): void => {
    const list = examples.get(kind) ?? [];
    if (list.length < (options.examplesOfEach ?? 3)) examples.set(kind, [...list, text]);
  };
  for (const order of truth) {
    counts.orders += 1;
    const platform = platforms[order.platform] ?? { orders: 0, exact: 0 };
    platforms[order.platform] = platform;
    platform.orders += 1;
    const mine = found.get(keyOf(order));
    found.delete(keyOf(order));
    if (!mine) {
      counts.missing += 1;
      note(`${order.platform} missing`, `${keyOf(order)} (${order.status}) is missing`);
      continue;
    }
    const differing = disagreements(order, mine, options);
    for (const field of differing) {
      wrong[field] += 1;
      note(`${order.platform} ${field}`, shown(order, mine, field));
    }
    if (differing.length > 0) continue;
    counts.exact += 1;
    platform.exact += 1;
  }
  for (const key of found.keys()) note("invented", `${key} never was`);
  return {
    ...counts,
    ...{ invented: found.size, duplicates, wrong, platforms },
    examples: [...examples.values()].flat(),
  };
}
